"""The articles that are timed: conflict news from our own quality cases, general news of our own, or a folder's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from schemas.article import Article
from tests.quality.case import load

_HERE = Path(__file__).parent
_LONG = 8
"""Cases that make one long article."""
_TEXT = ("text", "news", "article_content", "EventSnippet", "Event Description", "sentence")
"""What public data sets call the text of a row."""


def short_conflict() -> list[Article]:
    """Each quality case as an article: a sentence or a few."""
    return [
        Article(id=f"{stem}-{number}", title=case.title, text=case.text, published_at=case.published)
        for stem, phenomenon in load().items()
        for number, case in enumerate(phenomenon.cases)
    ]


def long_conflict() -> list[Article]:
    """The cases of a phenomenon one after another, eight at a time: the length of a newspaper's report."""
    articles = []
    for stem, phenomenon in load().items():
        for first in range(0, len(phenomenon.cases), _LONG):
            cases = phenomenon.cases[first : first + _LONG]
            text = "\n\n".join(case.text.strip() for case in cases)
            made = Article(id=f"{stem}-from-{first}", text=text, published_at=cases[0].published)
            articles.append(made)
    return articles


def general() -> list[Article]:
    """News of banks, museums, trams and football, each paragraph an article."""
    paragraphs = _HERE.joinpath("general.txt").read_text(encoding="utf-8").split("\n\n")
    return [Article(id=f"general-{number}", text=text.strip()) for number, text in enumerate(paragraphs)]


def from_folder(folder: Path, most: int) -> dict[str, list[Article]]:
    """Up to `most` articles of each JSON Lines file of the folder, evenly chosen, by the file's name."""
    found = {path.stem: _chosen(list(_read(path)), most) for path in sorted(folder.glob("*.jsonl"))}
    return {name: articles for name, articles in found.items() if articles}


def _chosen(articles: list[Article], most: int) -> list[Article]:
    step = max(len(articles) / most, 1.0)
    return [articles[int(number * step)] for number in range(int(len(articles) / step))]


def _read(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            text = next((row[key] for key in _TEXT if isinstance(row.get(key), str)), "")
            if text.strip():
                yield Article(id=f"{path.stem}-{number}", text=text)
