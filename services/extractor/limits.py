"""What a person who runs the extractor may set besides the common settings: environment `TOCSIN_EXTRACTOR_…`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.common.errors import Fatal
from services.common.settings import ARTICLES, CONFLICT_EVENTS, EXTRACTOR_GROUP


class Limits(BaseSettings):
    """Bounds of the extractor's work; times are seconds."""

    model_config = SettingsConfigDict(env_prefix="TOCSIN_EXTRACTOR_", extra="ignore", use_attribute_docstrings=True)

    coder: str = "services.extractor.coding:code_article"
    """Which function codes an article, as `package.module:function`; its module also names its `CODER`."""
    time_limit: float = Field(default=60.0, gt=0)
    """How long one article may take; the longest that is allowed needs some 10 s of one core."""
    start_limit: float = Field(default=120.0, gt=0)
    """How long a worker may take to load the language model."""
    failures: int = Field(default=10, ge=1)
    """So many articles in a row on which the coder failed mean that the coder is broken, not the articles."""
    batch: int = Field(default=16, ge=1, le=64)
    """Articles that are taken up, sent and acknowledged together."""
    session_timeout: float = Field(default=30.0, ge=6, le=300)
    """How long the brokers wait for a sign of life before another extractor takes over."""
    member: str = ""
    """A name of this extractor's own that outlives its restarts: it then keeps its partitions while it restarts."""
    grace: float = Field(default=8.0, gt=0)
    """How long SIGTERM waits for the batch in hand."""


def load_limits(**given: Any) -> Limits:
    """Read the environment; `given` values win over it. Raises Fatal, naming the variable that is wrong."""
    try:
        return Limits(**given)
    except ValidationError as wrong:
        told = "; ".join(f"TOCSIN_EXTRACTOR_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors())
        raise Fatal(f"settings are wrong: {told}") from None


@dataclass(frozen=True)
class Route:
    """Where articles come from and go to: names of the contract, from which only tests differ, which share a broker."""

    articles: str = ARTICLES
    events: str = CONFLICT_EVENTS
    group: str = EXTRACTOR_GROUP
