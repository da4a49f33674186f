"""The same articles give the same bytes in another process, whatever seed its hashes have."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import hashlib
from tests.quality.case import load
from tests.quality.run import ARTICLE_TIME
from schemas import Article
from services.extractor.coding import code_article

digest = hashlib.sha256()
for stem, phenomenon in load().items():
    for number, case in enumerate(phenomenon.cases):
        article = Article(id=f"{stem}-{number}", title=case.title, text=case.text, published_at=case.published)
        digest.update(code_article(article, article_time=ARTICLE_TIME).to_bytes())
print(digest.hexdigest())
"""


def _run(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        pytest.fail(done.stderr)
    return done.stdout.strip()


def test_two_processes_with_other_seeds_write_the_same_bytes() -> None:
    first = _run("1")
    assert len(first) == 64
    assert _run("2718") == first
