"""What people are told of an incident, and what is only kept: the rules of telling.yaml.

Pure: decides by what the reports say, never by the clock, so that a replay decides the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from schemas import Alert, EventFacts, Toll
from schemas.alert import Change
from schemas.base import OneOf
from schemas.words import SEVERITIES
from services.sink.merging.report import ArticleReport

_CASUALTIES = "casualties."


class Telling(BaseModel):
    """The file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stale_days: Annotated[int, Field(ge=1)]
    unrecorded_from: Annotated[str, OneOf(SEVERITIES)]
    update_on: list[str]
    toll_share: Annotated[float, Field(ge=0, le=1)]


@cache
def telling() -> Telling:
    """What telling.yaml says. Raises pydantic.ValidationError."""
    text = files("services.sink").joinpath("telling.yaml").read_text(encoding="utf-8")
    return Telling.model_validate(yaml.safe_load(text))


def is_recorded(event: EventFacts, severity: str) -> bool:
    """True for an incident that people are alerted to; false for one that is only kept."""
    return event.event_type is not None or SEVERITIES.index(severity) <= SEVERITIES.index(telling().unrecorded_from)


def timely(reports: Sequence[ArticleReport]) -> list[ArticleReport]:
    """Those that came when the event was news, by the earliest day that any report tells.

    Others come long after: by what they tell an incident that was not told before is not told now. An event without a
    date may be of today.
    """
    first = min((report.event.date.end for report in reports if report.event.date), default=None)
    return [report for report in reports if first is None or (_came(report) - first).days <= telling().stale_days]


def _came(report: ArticleReport) -> dt.date:
    published = report.article.published_at
    if isinstance(published, dt.datetime):
        return published.date()
    return published or report.article.article_time.date()


def calls_for_update(before: Alert, after: Alert, changes: Sequence[Change]) -> bool:
    """True where one of the changes is one that people want to be told by itself."""
    return any(
        change.field in telling().update_on
        and not (change.field.startswith(_CASUALTIES) and _slight(before, after, change.field))
        for change in changes
    )


def _slight(before: Alert, after: Alert, field: str) -> bool:
    """True where a toll changes by a small share, or only in what its parts are called."""
    kind = field.removeprefix(_CASUALTIES)
    old: Toll | None = getattr(before.event.casualties, kind)
    new: Toll | None = getattr(after.event.casualties, kind)
    if old is None or new is None:
        return False
    pairs = [(old.low, new.low), (old.best, new.best), (old.high, new.high)]
    if all(a == b for a, b in pairs):
        return old.text == new.text  # parts alone
    one, other = _value(old), _value(new)
    if one is None or other is None:
        return False
    return one == other or abs(other - one) < telling().toll_share * one


def _value(toll: Toll) -> int | None:
    return toll.best if toll.best is not None else toll.low
