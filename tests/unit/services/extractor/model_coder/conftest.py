"""The stub endpoint, away from any proxy of the environment."""

from collections.abc import Iterator

import pytest

from tests.unit.services.extractor.model_coder.stub import Stub, serve


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serve() as endpoint:
        yield endpoint
