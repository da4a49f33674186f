"""Compares what a run has left with a run without faults, and keeps both for those who look into a difference."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

from tests.chaos.checks import check_all, repeats
from tests.chaos.expected import expect, good
from tests.chaos.final import Final
from tests.chaos.table import Result

FINAL = "final.pickle"
"""All that the checks look at; `make chaos ARGS="--again FILE"` judges it anew."""
DIFFERENCES = "differences.txt"
"""Every sentence of every check: the table tells a few."""


def keep(final: Final, folder: Path) -> None:
    """Write FINAL into `folder`."""
    with (folder / FINAL).open("wb") as file:
        pickle.dump(final, file)


def kept(file: Path) -> Final:
    """Read one that this program wrote."""
    with file.open("rb") as opened:
        final: Final = pickle.load(opened)  # noqa: S301  a run of one's own, named by hand
    return final


def tell_all(result: Result, folder: Path) -> None:
    """Write DIFFERENCES into `folder`."""
    lines = [f"{name}: {told}\n" for name, sentences in result.wrong.items() for told in sentences]
    (folder / DIFFERENCES).write_text("".join(lines), encoding="utf-8")


def judge(result: Result, final: Final, tell: Callable[[str], None]) -> None:
    """Fill in what was found, and what is wrong with it. Blocks for the time of coding all articles."""
    expected = expect(final.articles, os.cpu_count() or 1, tell)
    result.wrong |= check_all(final, expected)
    messages, alerts = repeats(final)
    lost = [told for told in result.wrong["articles"] if " is lost" in told]
    result.numbers |= {
        "records fed to articles": len(final.articles),
        "poison, to both topics": sum(not good(rec) for rec in [*final.articles, *final.messages]),
        "articles": len(expected.current),
        "articles lost": len(lost),
        "messages repeated (they replace themselves)": messages,
        "incidents": len(final.stored.reports),
        "alerts": len(final.stored.alerts),
        "alerts lost or wrong": len(result.wrong["telling"]) + len(result.wrong["alerts"]),
        "alerts repeated": alerts,
        "dead letters": len(final.letters),
    }
