"""A column of an export, and what several of them share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from services.sink.export.incident import Exported
from services.sink.merging.report import ArticleReport

Value = str | int | float | bool | dt.date | dt.datetime | None
Kind = Literal["text", "whole", "number", "flag", "day", "time"]


@dataclass(frozen=True)
class Column:
    """A name, what its values are, and how they are read off an incident; None is an empty cell."""

    name: str
    kind: Kind
    of: Callable[[Exported], Value]


def never(*names: str) -> list[Column]:
    """Columns that others have and that Tocsin's facts cannot fill."""
    return [Column(name, "text", lambda _: None) for name in names]


def joined(parts: Iterable[str | None]) -> str | None:
    """The parts, each once, with "; " between them; None for none."""
    told = dict.fromkeys(" ".join(part.replace(";", ",").split()) for part in parts if part)
    return "; ".join(part for part in told if part) or None


def outlets(one: Exported) -> list[str]:
    """Who reported it: the outlets by name, else by the address of the article."""
    return list(dict.fromkeys(r.article.source.name or r.article.source.url or "" for r in one.reports))


def published_on(report: ArticleReport) -> dt.date | None:
    """The day of publication, in the offset that the producer gave."""
    published = report.article.published_at
    return published.date() if isinstance(published, dt.datetime) else published


def coordinate(value: float | None) -> float | None:
    """Four decimals, some ten metres: no place of a text is known more exactly."""
    return None if value is None else round(value, 4)


def names(columns: Sequence[Column]) -> list[str]:
    """The header."""
    return [column.name for column in columns]
