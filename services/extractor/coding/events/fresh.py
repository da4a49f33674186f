"""Whether a deed that somebody is held for or accused of is news: it has a day of its own that has just been."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from services.extractor.coding.dates.expr import Relative, Weekday
from services.extractor.coding.events import tree

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.when import Calendar, Timing
    from services.extractor.coding.reading.tokens import Token

# Days after which a deed that somebody is held for is told as history.
_FRESH = dt.timedelta(days=10)


def is_fresh(mention: Mention, timing: Timing, calendar: Calendar) -> bool:
    """True where the deed has a day of its own in its clause, shortly before publication or told by its weekday."""
    if mention.cls.domain != "violence":
        return False
    when, told = timing.when, timing.told
    if calendar.published is None:  # news tells of these days by their names
        named = told is not None and isinstance(told.expr, Weekday | Relative) and _within_days(told.expr)
        head = mention.view.head_of(told.start, told.end) if told is not None and named else None
    elif when is None or when.mention is None or when.precision != "day" or when.view is not mention.view:
        return False
    else:
        fresh = calendar.published - _FRESH <= when.start
        head = when.view.head_of(when.mention.start, when.mention.end) if fresh else None
    if head is None:
        return False
    own = mention.token.is_ancestor(head) or _runs_on(mention, head)
    return own or (_is_charge(mention) and head.i > mention.token.i)


def _within_days(expr: Weekday | Relative) -> bool:
    return isinstance(expr, Weekday) or (expr.unit == "day" and -_FRESH.days <= expr.offset <= 0)


def _runs_on(mention: Mention, day: Token) -> bool:
    """True for a day behind a deed that no verb parts from it: "held over the attack on a bar in Gao on 5 October"."""
    between = mention.view.doc.tokens[mention.token.i + 1 : day.i]
    return not mention.verbal and bool(between) and not any(tree.is_verbal(token) for token in between)


def _is_charge(mention: Mention) -> bool:
    """True for what somebody is accused of: "is accused of killing 21 people last Friday"."""
    prep = mention.token.head
    return (
        mention.token.dep_ == "pcomp" and prep.lower_ == "of" and prep.head.lower_ in ("accused", "accuse", "accuses")
    )
