"""How an answer is compared with a case: one check a stated field."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import words
from schemas.article_events import ArticleEvents
from schemas.event import ConflictEvent, EventDate, EventFacts, Place, Toll
from tests.quality.case import NONE, Case, WantedEvent, WantedPlace, WantedToll, Within

SLACK = dt.timedelta(days=1)
"""A span may begin and end a day off: "overnight" has two right answers."""
SIDES = {"by": "perpetrator", "to": "target"}


@dataclass(frozen=True)
class Check:
    """One field compared."""

    field: str
    ok: bool
    wanted: str
    got: str


def compare(case: Case, answer: ArticleEvents) -> list[Check]:
    """Every field that `case` states, compared with `answer`; never empty."""
    return [*_whole(case, answer), *_events(case.wanted(), answer.events)]


def _whole(case: Case, answer: ArticleEvents) -> Iterator[Check]:
    made = [event for event in answer.events if event.makes_incident()]
    if case.nothing:
        yield _check("nothing", not answer.events, "no event", _types(answer.events))
    if case.events == NONE:
        yield _check("incidents", not made, "no incident", _types(made))
    if case.incidents is not None:
        yield _check("incidents", len(made) == case.incidents, case.incidents, _types(made))
    if case.language is not None:
        yield _check("language", (answer.language or "").split("-")[0] == case.language, case.language, answer.language)


def _events(wanted: Sequence[WantedEvent], events: Sequence[ConflictEvent]) -> Iterator[Check]:
    """The first wanted event is the answer's main one; each further one is the best fit among the rest."""
    left = list(events)
    for i, want in enumerate(wanted):
        tried = [list(fields(want, event)) for event in (left[:1] if i == 0 else left)]
        if not tried:
            yield from (_check(c.field, ok=False, wanted=c.wanted, got="no event") for c in fields(want, _NO_EVENT))
            continue
        best = max(range(len(tried)), key=lambda n: sum(check.ok for check in tried[n]))
        left.pop(best)
        yield from tried[best]


_NO_EVENT = ConflictEvent(id="", rank=0)


def fields(want: WantedEvent, event: EventFacts) -> Iterator[Check]:
    """One check for each field that `want` states, the modality always among them."""
    yield from _kinds(want, event)
    if want.date is not None:
        yield _check("date", _same_date(want.date, event.date), want.date, _shown_date(event.date))
    if want.place is not None:
        yield _check("place", _same_place(want.place, event.place), _shown_wish(want.place), _shown_place(event.place))
    yield from _actors(want, event)
    for kind in words.TOLL_KINDS:
        number, toll = getattr(want, kind), getattr(event.casualties, kind)
        if number is not None:
            yield _check(kind, _same_toll(number, toll), number, _shown_toll(toll))
    if want.weapons is not None:
        yield _check("weapons", _all_named(want.weapons, [[w] for w in event.weapons]), want.weapons, event.weapons)
    for name in ("claimed_by", "reported_by"):
        who, got = getattr(want, name), getattr(event, name)
        if who is not None:
            yield _check(name, got is None if who == NONE else _says(who, got), who, got)


def _kinds(want: WantedEvent, event: EventFacts) -> Iterator[Check]:
    if want.type is not None:
        yield _one_of("type", want.type, event.sub_event_type or NONE)
    if want.plover is not None:
        yield _one_of("plover", want.plover, event.plover.event if event.plover else NONE)
    if want.mode is not None:
        yield _one_of("mode", want.mode, (event.plover.mode if event.plover else None) or NONE)
    yield _one_of("modality", want.modality, event.modality)


def _actors(want: WantedEvent, event: EventFacts) -> Iterator[Check]:
    for side, role in SIDES.items():
        wanted = getattr(want, side)
        if wanted is None:
            continue
        named = [[a.name, a.mention] for a in event.actors if a.role in (role, "participant")]
        yield _check(side, _all_named(wanted, named), wanted, [f"{name} ({mention})" for name, mention in named])


def _all_named(wanted: Sequence[str], named: Sequence[Sequence[str]]) -> bool:
    if not wanted:
        return not named
    return all(any(_says(who, *names) for names in named) for who in wanted)


def _same_date(want: dt.date | Within | tuple[dt.date, dt.date] | str, got: EventDate | None) -> bool:
    if want == NONE or got is None:
        return want == NONE and got is None
    if isinstance(want, Within):
        return want.within[0] <= got.start and got.end <= want.within[1]
    if isinstance(want, tuple):
        return abs(got.start - want[0]) <= SLACK and abs(got.end - want[1]) <= SLACK
    return got.start == got.end == want


def _same_place(want: WantedPlace | str, got: Place | None) -> bool:
    if not isinstance(want, WantedPlace) or got is None:
        return want == NONE and got is None
    return all(
        (
            want.name is None or any(_says(name, got.name, got.mention) for name in _several(want.name)),
            want.mention is None or _says(want.mention, got.mention),
            want.admin1 is None or _says(want.admin1, got.admin1),
            want.country is None or want.country == got.country,
            want.precision is None or want.precision == got.precision,
        )
    )


def _same_toll(want: int | WantedToll | str, got: Toll | None) -> bool:
    if want == NONE:  # "nobody was hurt" may be told as null or as nought
        return got is None or got.high == 0
    if got is None:
        return False
    if isinstance(want, int):
        return got.best == want
    assert isinstance(want, WantedToll)
    stated = {name: getattr(want, name) for name in want.model_fields_set}
    return all(getattr(got, name) == (None if number == NONE else number) for name, number in stated.items())


def _says(wanted: str, *got: str | None) -> bool:
    """Whether `wanted` stands at the beginning of words in one of `got`; case, accents and signs count for nothing."""
    return any(re.search(rf"\b{re.escape(_fold(wanted))}", _fold(text)) for text in got if text)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()


def _one_of(field: str, wanted: str | list[str], got: str) -> Check:
    return _check(field, got in _several(wanted), wanted, got)


def _several(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _check(field: str, ok: bool, wanted: object, got: object) -> Check:  # noqa: FBT001 - the one outcome of a check
    return Check(field, ok, str(wanted), str(got))


def _types(events: Sequence[ConflictEvent]) -> str:
    names = [f"{e.sub_event_type or (e.plover.event if e.plover else NONE)} ({e.modality})" for e in events]
    return f"{len(names)}: {', '.join(names)}" if names else NONE


def _shown_date(date: EventDate | None) -> str:
    return f"{date.start} to {date.end}" if date else NONE


def _shown_wish(want: WantedPlace | str) -> str:
    return str(want.model_dump(exclude_unset=True)) if isinstance(want, WantedPlace) else want


def _shown_place(place: Place | None) -> str:
    return f"{place.name}, {place.admin1}, {place.country}, precision {place.precision}" if place else NONE


def _shown_toll(toll: Toll | None) -> str:
    return f"low {toll.low}, best {toll.best}, high {toll.high}" if toll else NONE
