"""Whether the gate lets through the sentences in which others marked an event: what it keeps out nobody reads again."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.extractor.coding.coder import gated
from services.extractor.coding.lexicon.cues import cues

_AUXILIARIES = frozenset(
    ("is", "was", "were", "are", "be", "been", "being", "has", "have", "had", "do", "did", "does", "saw", "see", "seen")
)
# Labels of CASE 2021 that are none of ACLED's sub-event types.
_NOT_ACLED = frozenset(("MAN_MADE_DISASTER", "NATURAL_DISASTER", "DIPLO", "ATTRIB", "ORG_CRIME"))


@dataclass(frozen=True, slots=True)
class Marked:
    """An event that somebody marked in a text."""

    text: str
    start: int | None
    """Where its word begins; null where only the text as a whole is told to hold an event."""


@dataclass(frozen=True, slots=True)
class Recall:
    """What the gate makes of the marked events of one set."""

    events: int
    passed: int

    @property
    def share(self) -> float:
        """The share that it lets through."""
        return self.passed / self.events if self.events else 1.0


def from_folder(folder: Path) -> dict[str, Recall]:
    """The recall on each JSON Lines file of the folder whose rows mark events in a way that is known here."""
    found = {
        path.stem: recall(marked for row in _rows(path) for marked in marks(row))
        for path in sorted(folder.glob("*.jsonl"))
    }
    return {name: one for name, one in found.items() if one.events}


def recall(marked: Iterator[Marked]) -> Recall:
    """Count the marked events and those whose sentence the gate lets through."""
    events = passed = 0
    for one in marked:
        whole, open_ones, _ = gated(None, one.text, None)
        here = [s for s in whole if one.start is None or s.start <= one.start < s.end]
        if here:
            events += 1
            passed += any(s in open_ones for s in here)
    return Recall(events, passed)


def marks(row: dict[str, Any]) -> Iterator[Marked]:
    """The events that a row marks; the README says what of each set is counted."""
    if isinstance(row.get("spans"), list) and isinstance(row.get("text"), str):
        yield from _verbs(row["text"], row["spans"])
    elif isinstance(row.get("event_mentions"), list):
        for event in row["event_mentions"]:
            if event["event_type"].startswith("Conflict."):
                yield Marked(row["sentences"][event["trigger"]["sent_idx"]][1], None)
    elif row.get("is_relevant") is True and str(row.get("action", "")).startswith("["):
        for word in dict.fromkeys(ast.literal_eval(row["action"])):
            if (start := row["news"].find(word)) >= 0:
                yield Marked(row["news"], start)
    elif isinstance(row.get("EventSnippet"), str) and row.get("SubType") not in _NOT_ACLED:
        yield Marked(row["EventSnippet"], None)
    elif isinstance(row.get("gold_root"), str) and isinstance(row.get("sentence"), str):
        yield Marked(row["sentence"], None)


def _verbs(text: str, spans: list[dict[str, Any]]) -> Iterator[Marked]:
    """The marked verb, where it names a deed and a place of it is marked too."""
    placed = any(s["label"] == "LOCATION" and s["text"].strip() for s in spans)
    for span in spans if placed else []:
        if span["label"] == "VERB" and span["text"].strip().lower() not in _no_deed():
            yield Marked(text, span["start"])


def _no_deed() -> frozenset[str]:
    """Verbs that only say that something is, was said, began or took place."""
    return _AUXILIARIES | cues()["saying"].verb_forms | cues()["begun"].verb_forms | cues()["happen"].verb_forms


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if isinstance(row, dict):
                yield row
