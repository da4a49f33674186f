"""A settings object for the shared broker, and a topic of one's own."""

import uuid

import pytest

from services.common.settings import Settings, load_settings
from services.common.topics import apply, topics


@pytest.fixture
def settings(bootstrap: str) -> Settings:
    return load_settings(bootstrap=bootstrap, ingest_port=0)


@pytest.fixture
async def articles(settings: Settings) -> str:
    """The name of a fresh topic that is like `articles`."""
    (like,) = (topic for topic in topics() if topic.name == "articles")
    own = like.model_copy(update={"name": f"articles-{uuid.uuid4().hex[:12]}"})
    await apply(settings, [own])
    return own.name
