"""Topics for each test of the extractor."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.extractor.harness import Line, make_line


@pytest.fixture
async def line(bootstrap: str, topic: Callable[[str], str], tmp_path: Path) -> Line:
    return await make_line(bootstrap, topic, tmp_path)
