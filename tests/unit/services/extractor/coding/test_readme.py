"""The coder's README works an article through: what it says of the article is what the coder says."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas import ConflictEvent
from services.extractor import coding
from tests.unit.services.extractor.coding.articles import coded, names

README = Path(coding.__file__).with_name("README.md").read_text(encoding="utf-8")


def _article() -> tuple[str, str]:
    title, text = README.split("```text\n")[1].split("\n```")[0].split("\n", 1)
    return title, text


def _table() -> list[dict[str, str]]:
    """The table of events, a row a dict by its headings."""
    lines = README[README.index("| rank | modality |") :].splitlines()
    head, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[: lines.index("")]]
    return [dict(zip(head, row, strict=True)) for row in rows]


def _row(event: ConflictEvent) -> dict[str, str]:
    killed = event.casualties.killed
    return {
        "rank": str(event.rank),
        "modality": event.modality,
        "sub-event type": event.sub_event_type or "",
        "day": str(event.date.start) if event.date else "",
        "place": f"{event.place.name}, {event.place.country}" if event.place else "",
        "doer": ", ".join(sorted(names(event, "perpetrator"))),
        "sufferer": ", ".join(sorted(names(event, "target"))),
        "killed": str(killed.best) if killed else "",
        "evidence of the type": ", ".join(s.text for s in event.evidence if s.field == "event_type"),
    }


def test_the_worked_article_is_coded_as_its_table_says() -> None:
    title, text = _article()
    assert [_row(event) for event in coded(text, title).events] == _table()


@pytest.mark.parametrize("line", [c for r in README.splitlines() for c in r.split("`") if c.endswith((".py", ".yaml"))])
def test_a_file_that_it_names_is_there(line: str) -> None:
    root = Path(coding.__file__).parent
    tests = Path(__file__).parent
    repository = root.parents[2]
    beside = [p for folder in (root, tests) for p in folder.rglob(Path(line).name)]
    assert beside or (repository / line).exists()
