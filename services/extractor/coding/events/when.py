"""Which date expression of its sentence an event goes by, and what day that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from services.extractor.coding.dates.expr import DateMention, Day, FromEvent, Since, Stretch, Weekday
from services.extractor.coding.dates.ranked import ranks
from services.extractor.coding.dates.resolve import Resolved, resolve
from services.extractor.coding.events import tree
from services.extractor.coding.events.asides import of_another, of_counting, of_saying

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

_LATER = frozenset(("after", "following", "since"))
_FAR = 7
_OPENERS = frozenset(("after", "before", "following"))


@dataclass(frozen=True, slots=True)
class When:
    """A day or span of an event, the expression that tells it, and whether it was reckoned from another event's day."""

    start: dt.date
    end: dt.date
    precision: str
    view: View
    mention: DateMention | None
    derived: bool = False
    counted: bool = False
    """Whether the text counts days from another event's ("a day earlier"), so that it is off by none."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the article tells of its days: its publication, the day of the story so far, whether it leaves years out."""

    published: dt.date | None
    story: dt.date | None
    yearless: bool
    issued: Day | None = None
    """The first day that the article names, without its year: stands in for the day of publication."""


def shifted(day: dt.date, days: int) -> dt.date:
    """The day so many days later, kept within the calendar's years 1 to 9999."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def leaves_years_out(dates: Iterable[DateMention]) -> bool:
    """True where the dates that an article opens with name no year: those that do are then long past."""
    return any(isinstance(d.expr, Weekday) or (isinstance(d.expr, Day) and d.expr.year is None) for d in dates)


def first_day(dates: Iterable[DateMention]) -> Day | None:
    """The first day of a month among the dates that an article opens with."""
    return next((d.expr for d in dates if isinstance(d.expr, Day)), None)


@dataclass(frozen=True, slots=True)
class Timing:
    """What a sentence says of when its mention took place."""

    when: When | None = None
    history: DateMention | None = None
    """A stretch of years or an anniversary: background, no event's day."""
    clause: Token | None = None
    """The `after …` clause that the mention stands in."""
    background: bool = False
    """It is told as what came before ("following the strike", "after X attacked"), without a day of its own."""
    told: DateMention | None = None
    """The date expression that its day could not be reckoned from."""
    set_apart: bool = False
    """A length of time lies between it and the main clause ("hours after …"): another event."""


def timing(mention: Mention, published: dt.date | None, story: dt.date | None) -> Timing:
    """When the mention took place; "this" and "a day after" refer to `story`, the day of the sentence before."""
    view = mention.view
    clause, step = offset_clause(mention.token, view)
    inside = [d for d in view.dates if clause is None or _below(view.token_at(d.start), clause)]
    inside = [d for d in inside if not of_another(mention, d) and not of_counting(mention, d)]
    inside = [d for d in inside if not ranks(view.sentence.text, d.start)]
    plain = [d for d in inside if not isinstance(d.expr, FromEvent | Stretch) and not d.duration and not d.recurring]
    stretch = next((d for d in inside if _is_history(d, published) and _near(mention, d) <= _FAR), None)
    if clause is None and (step := _loose_step(mention)) is not None:
        return _apart_by(step, plain, view, published, story)
    own = _nearest(mention, plain)
    main = _day_of(_anchor(mention, view, clause, published, story)) if clause is not None else story
    if (stepped := _stepped(mention, inside, own, published, main)) is not None:
        return Timing(stepped, clause=clause)
    if own is not None and (resolved := resolve(own.expr, published)) is not None:
        return Timing(_when(resolved, view, own, derived=of_saying(mention, own)), clause=clause)
    if clause is not None:
        anchor = _anchor(mention, view, clause, published, story)
        if step is None and (old := _old_main(mention, view, clause, published)) is not None:
            return Timing(history=old, clause=clause, background=True)
        if anchor is None and step is not None and isinstance(step.expr, FromEvent) and step.expr.unit in _LONG_UNITS:
            anchor = published  # "two years after the massacre survivors still wait": counted from today
        found = _from_anchor(view, step, anchor, before=_is_before(clause))
        mine = clause.i in (
            mention.token.i,
            mention.token.head.i,
        )  # not the strike of "a day after she spoke of the strike"
        if found is not None and not mine:
            found = replace(found, counted=False)
        return Timing(found, clause=clause, background=True, told=own, set_apart=mine and step is not None)
    return Timing(history=stretch if own is None else None, told=own)


_LONG_UNITS = frozenset(("month", "year"))
_OLD = dt.timedelta(days=45)


def _old_main(mention: Mention, view: View, clause: Token, published: dt.date | None) -> DateMention | None:
    """The day long past of the main clause that an `after …` clause goes before: "fled in 2010 after X was killed"."""
    if published is None or _is_before(clause):
        return None
    outside = [d for d in view.dates if not _below(view.token_at(d.start), clause) and not d.duration]
    main = _nearest(mention, [d for d in outside if not isinstance(d.expr, FromEvent | Stretch)])
    resolved = resolve(main.expr, published) if main is not None else None
    return main if resolved is not None and published - resolved.end > _OLD else None


def _stepped(
    mention: Mention,
    dates: list[DateMention],
    own: DateMention | None,
    published: dt.date | None,
    story: dt.date | None,
) -> When | None:
    """Its day where that of another tells it: "on Monday she condemned the bombing that killed 21 a day earlier"."""
    view = mention.view
    relative = _nearest(mention, [d for d in dates if isinstance(d.expr, FromEvent) and not _opens_phrase(d, view)])
    if relative is None:
        return None
    if own is not None and _near(mention, own) <= _near(mention, relative):
        return None
    anchor = resolve(own.expr, published) if own is not None else None
    since = anchor.end if anchor is not None else story
    if since is None or (resolved := resolve(relative.expr, published, since)) is None:
        return None
    exact = _counts_days(relative, view)
    return When(resolved.start, resolved.end, resolved.precision, view, relative, derived=True, counted=exact)


def _day_of(anchor: When | dt.date | None) -> dt.date | None:
    return anchor.end if isinstance(anchor, When) else anchor


def _loose_step(mention: Mention) -> DateMention | None:
    """The ", a day after" that a deed follows in its clause, where the parse lost the main clause."""
    text = mention.view.sentence.text
    for date in mention.view.dates:
        if isinstance(date.expr, FromEvent) and date.end <= mention.start and _opens_phrase(date, mention.view):
            opened = text[: date.start].rstrip().endswith(",") and date.text.lower().split()[-1] != "before"
            if opened and "," not in text[date.end : mention.start]:
                return date
    return None


def _apart_by(
    step: DateMention, plain: list[DateMention], view: View, published: dt.date | None, story: dt.date | None
) -> Timing:
    """What came before the main clause by such a length of time; the last day told before it is the main clause's."""
    main = next((d for d in reversed(plain) if d.start < step.start), None)
    resolved = resolve(main.expr, published) if main is not None else None
    anchor = _when(resolved, view, main) if resolved is not None and main is not None else story
    return Timing(_from_anchor(view, step, anchor, before=False), background=True, set_apart=True)


def _opens_phrase(date: DateMention, view: View) -> bool:
    """True of "a day after" where what it is counted from follows."""
    if date.text.lower().split()[-1] not in _OPENERS:
        return False
    return view.sentence.text[date.end :].lstrip()[:1].isalnum()


# "since Sunday", "over the past two weeks": news still.
_RECENT = dt.timedelta(days=31)


def _is_history(date: DateMention, published: dt.date | None) -> bool:
    if isinstance(date.expr, Since) and published is not None:
        resolved = resolve(date.expr, published)
        return resolved is None or resolved.end - resolved.start > _RECENT
    return date.duration or date.recurring


def _when(resolved: Resolved, view: View, mention: DateMention, *, derived: bool = False) -> When:
    return When(resolved.start, resolved.end, resolved.precision, view, mention, derived)


def _below(token: Token, clause: Token) -> bool:
    return clause.i == token.i or clause.is_ancestor(token)


def _near(mention: Mention, date: DateMention) -> int:
    return tree.distance(mention.token, mention.view.head_of(date.start, date.end))


def _nearest(mention: Mention, dates: list[DateMention]) -> DateMention | None:
    return min(dates, key=lambda d: (_near(mention, d), _before(mention, d), d.start), default=None)


def _before(mention: Mention, date: DateMention) -> bool:
    """Of two days at one verb the one behind a deed is the deed's: "on Monday he condemned the attack on Friday"."""
    own = mention.token.is_ancestor(mention.view.head_of(date.start, date.end))
    return not own and date.start < mention.start


def offset_clause(token: Token, view: View) -> tuple[Token | None, DateMention | None]:
    """As `_offset_clause`, looked up once a token."""
    if token.i not in view.clauses:
        view.clauses[token.i] = _offset_clause(token, view)
    return view.clauses[token.i]


def _offset_clause(token: Token, view: View) -> tuple[Token | None, DateMention | None]:
    """The clause or phrase with `after …` that the token stands in, and the `a day` before it if there is one.

    Of `P, a day after Q` it is Q that gets the earlier day: what the clause tells came before the main clause.
    """
    child = token
    for governor in (token, *tree.ancestors(token)):
        marks = [c for c in governor.children if c.dep_ == "mark" and c.lower_ in ("after", "before")]
        if marks and governor.dep_ == "advcl":
            return governor, _step(view, marks[0])
        if governor.dep_ == "prep" and governor.lower_ in ("after", "following", "before") and child is not governor:
            return child, _step(view, governor)
        child = governor
    return None, None


def _step(view: View, word: Token) -> DateMention | None:
    for date in view.dates:
        if isinstance(date.expr, FromEvent) and date.start <= word.idx < date.end + 2:
            return date
    return None


def _is_before(clause: Token) -> bool:
    words = {c.lower_ for c in clause.children if c.dep_ == "mark"} | {clause.head.lower_}
    return "before" in words


def _anchor(
    mention: Mention, view: View, clause: Token, published: dt.date | None, story: dt.date | None
) -> When | dt.date | None:
    """The day of the main clause: its own date, else the day that "this" refers to."""
    outside = [
        d
        for d in view.dates
        if not _below(view.token_at(d.start), clause) and not isinstance(d.expr, FromEvent | Stretch) and not d.duration
    ]
    main = _nearest(mention, outside)
    if main is not None and (resolved := resolve(main.expr, published)) is not None:
        return _when(resolved, view, main)
    if view.sentence.part == "title":
        return published
    return story


def _counts_days(step: DateMention, view: View) -> bool:
    """True for a number of days; a headline's clauses are too often misread."""
    expr = step.expr
    exact = isinstance(expr, FromEvent) and expr.unit == "day" and expr.offset != 0 and not expr.approximate
    return exact and not view.sentence.headline


def _from_anchor(view: View, step: DateMention | None, anchor: When | dt.date | None, *, before: bool) -> When | None:
    if step is None or anchor is None or not isinstance(step.expr, FromEvent):
        return None
    start, end = (anchor.start, anchor.end) if isinstance(anchor, When) else (anchor, anchor)
    # "a day after Q" puts P a day after Q, so Q lies a day back.
    sign = 1 if before else -1
    days = {"day": 1, "week": 7, "month": 30, "year": 365}.get(step.expr.unit, 0) * abs(step.expr.offset)
    if days == 0:
        # hours may reach back over midnight
        span = (shifted(end, -1), end) if sign < 0 else (start, shifted(start, 1))
        return When(*span, "day", view, step, derived=True)
    precision = "day" if days < 7 else "week" if days < 30 else "month"
    exact = _counts_days(step, view)
    return When(
        shifted(start, sign * days), shifted(end, sign * days), precision, view, step, derived=True, counted=exact
    )
