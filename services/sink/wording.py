"""Puts the facts of an incident into words for people, and never says a number that is not among them."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

from schemas import Actor, EventDate, EventFacts, Place, Toll
from schemas.alert import Disagreement
from schemas.taxonomies import acled, plover
from schemas.words import TOLL_KINDS

MAX_HEADLINE = 250
"""Longest headline, in characters."""
_NAMED = 3
"""How many actors are named before "and others"."""
_MAX_NAME = 80


def _known(words: list[str]) -> Any:
    def check(given: dict[str, Noun]) -> dict[str, Noun]:
        if set(given) != set(words):
            raise ValueError(f"must name each of {sorted(words)}, once")
        return given

    return AfterValidator(check)


_NEAR = 2
"""The precision of a place that an event was near, not in."""


class Noun(BaseModel):
    """How an event is called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    noun: str
    target: str
    """The preposition before those it hit."""


class Wording(BaseModel):
    """The file wording.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sub_event_type: Annotated[dict[str, Noun], _known(acled.sub_event_types())]
    assault_mode: Annotated[dict[str, Noun], _known(list(plover.events()["ASSAULT"].modes))]
    otherwise: Noun
    vague_numbers: list[str]


@cache
def wording() -> Wording:
    """What wording.yaml says. Raises pydantic.ValidationError."""
    return Wording.model_validate(yaml.safe_load(files("services.sink").joinpath("wording.yaml").read_text("utf-8")))


@cache
def _countries() -> dict[str, str]:
    lines = files("services.sink").joinpath("countries.csv").read_text("utf-8").splitlines()
    return {row["alpha3"]: row["name"] for row in csv.DictReader(lines)}


def country(alpha3: str) -> str:
    """Usual English name; the code itself where it is not known."""
    return _countries().get(alpha3, alpha3)


def noun(facts: EventFacts) -> Noun:
    """How the event is called."""
    words = wording()
    if facts.sub_event_type in words.sub_event_type:
        return words.sub_event_type[facts.sub_event_type]
    if facts.event_type is not None:
        return Noun(noun=facts.event_type, target="against")
    mode = facts.plover.mode if facts.plover else None
    return words.assault_mode.get(mode or "", words.otherwise)


def headline(facts: EventFacts) -> str:
    """One line: what, by whom, on whom, where, with what toll."""
    told = noun(facts)
    by, target = names(facts, "perpetrator"), names(facts, "target")
    sides = names(facts, "participant")
    parts = [f"Attempted {told.noun[0].lower()}{told.noun[1:]}" if facts.modality == "attempted" else told.noun]
    parts += [f"by {by}"] if by else []
    parts += [f"between {sides}" if " and " in sides else f"involving {sides}"] if sides else []
    parts += [f"{told.target} {target}"] if target else []
    parts += [at(facts.place)] if facts.place else []
    toll = tolls(facts, ("killed", "injured"))
    return shortened(" ".join(parts) + (f": {toll}" if toll else ""), MAX_HEADLINE)


def description(
    facts: EventFacts, outlets: Sequence[str], independent_sources: int, disagreements: Sequence[Disagreement] = ()
) -> str:
    """A short paragraph: the headline's facts and the rest, where sources differ, and what is inferred."""
    said = [f"{noun(facts).noun}{_where_and_when(facts)}."]
    if facts.modality == "attempted":
        said.append("It was tried, and failed or was stopped.")
    for role, label in (("perpetrator", "By"), ("target", "Against"), ("participant", "Between")):
        if told := _with_kinds(facts, role):
            said.append(f"{label}: {told}.")
    said += [f"Toll: {toll_sentence(facts)}."] if tolls(facts, TOLL_KINDS) else []
    said += [f"Means: {', '.join(facts.weapons)}."] if facts.weapons else []
    said += [f"Claimed by {_short(facts.claimed_by)}."] if facts.claimed_by else []
    said += [f"According to {_short(facts.reported_by)}."] if facts.reported_by else []
    if outlets:
        said.append(f"Reported by {_outlets(outlets)}.")
    if independent_sources > 1:
        said.append(f"{independent_sources} independent sources.")
    if disagreements:
        said.append(f"Sources differ: {differ(disagreements)}.")
    if facts.inferred:
        said.append(f"Inferred, not said outright: {', '.join(facts.inferred)}.")
    return " ".join(said)


def differ(disagreements: Sequence[Disagreement]) -> str:
    """Where sources differ and who says what: `killed: 12 (Agency), 14 (The Post)`."""
    return "; ".join(
        f"{one.field.removeprefix('casualties.')}: "
        + ", ".join(f"{_short(claim.value)} ({_outlets(claim.sources)})" for claim in one.claims)
        for one in disagreements
    )


def _outlets(sources: Sequence[str]) -> str:
    return listed([_short(name) for name in sources[:_NAMED]], len(sources) > _NAMED)


def names(facts: EventFacts, role: str) -> str:
    """The actors of a role, the first few by name; empty when there is none."""
    found = list(dict.fromkeys(_short(actor.name) for actor in facts.actors if actor.role == role))
    return listed(found[:_NAMED], len(found) > _NAMED)


def listed(items: Sequence[str], more: bool = False) -> str:  # noqa: FBT001, FBT002  `more` reads as what it is
    """`A, B and C`, or `A, B, C and others`."""
    parts = [*items, "others"] if more else list(items)
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def place(where: Place) -> str:
    """From the place up to its country, each name once; `near` for what is not exactly there."""
    home = country(where.country) if where.country else None
    parts = list(dict.fromkeys(_short(name) for name in (where.name, where.admin1, home) if name))
    return f"{'near ' if where.precision == _NEAR else ''}{', '.join(parts)}"


def at(where: Place) -> str:
    """`in Gao, Mali`, or `near Gao, Mali`."""
    told = place(where)
    return told if where.precision == _NEAR else f"in {told}"


def date(when: EventDate) -> str:
    """`18 January 2024`, or the span of days with its ends."""
    if when.start == when.end:
        return _day(when.start)
    if when.precision == "year" and when.start.year == when.end.year:
        return str(when.start.year)
    if when.precision == "month" and (when.start.year, when.start.month) == (when.end.year, when.end.month):
        return f"{when.start:%B} {when.start.year}"
    return f"between {_day(when.start)} and {_day(when.end)}"


def tolls(facts: EventFacts, kinds: Sequence[str]) -> str:
    """`at least 7 killed, 12 injured`; empty where none is told."""
    return ", ".join(
        f"{count(toll, inferred=f'casualties.{kind}' in facts.inferred)} {kind}"
        for kind in kinds
        if (toll := getattr(facts.casualties, kind)) is not None
    )


def toll_sentence(facts: EventFacts) -> str:
    """`at least 7 killed (of them 3 women and 4 children); 12 injured`; empty where none is told."""
    told = []
    for kind in TOLL_KINDS:
        if (toll := getattr(facts.casualties, kind)) is not None:
            groups = [
                f"{'' if group.count is None else f'{group.count:,} '}{_short(group.who)}" for group in toll.groups
            ]
            told.append(tolls(facts, [kind]) + (f" (of them {listed(groups)})" if groups else ""))
    return "; ".join(told)


def count(toll: Toll, *, inferred: bool = False) -> str:
    """How many, no more exactly than is known; a number that was only inferred from a vague word gives way to it."""
    low, best, high = toll.low, toll.best, toll.high
    if best is not None:
        return _around(best, low, high)
    if inferred or not (low or high is not None):
        return _vague(toll.text or "")
    if high is None:
        return f"at least {low:,}"
    return f"between {low:,} and {high:,}" if low else f"up to {high:,}"


def _around(best: int, low: int | None, high: int | None) -> str:
    if low in (None, best) and high in (None, best):
        open_end = low is not None and high is None
        return f"at least {best:,}" if open_end else f"{best:,}" if best else "none"
    bounds = [f"at least {low:,}" if low is not None else "", f"at most {high:,}" if high is not None else ""]
    return f"about {best:,} ({', '.join(filter(None, bounds))})"


def shortened(text: str, limit: int) -> str:
    """`text`, cut at a word and marked with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}\N{HORIZONTAL ELLIPSIS}"


def _vague(text: str) -> str:
    found = re.search(r"\b(" + "|".join(sorted(wording().vague_numbers, key=len, reverse=True)) + r")\b", text.lower())
    return found[0] if found else "some"


def _short(name: str) -> str:
    return shortened(" ".join(name.split()), _MAX_NAME)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _where_and_when(facts: EventFacts) -> str:
    told = f" {at(facts.place)}" if facts.place else ""
    if facts.date is None:
        return f"{told}, on a day that is not told"
    when = date(facts.date)
    word = "on " if facts.date.start == facts.date.end else "" if when.startswith("between") else "in "
    told += f", {word}{when}"
    return told + (" (as reported, the day is not told)" if facts.date.basis == "publication" else "")


def _with_kinds(facts: EventFacts, role: str) -> str:
    found = [actor for actor in facts.actors if actor.role == role]
    return listed(list(dict.fromkeys(_with_kind(actor) for actor in found)))


def _with_kind(actor: Actor) -> str:
    known = (actor.kind.lower() if actor.kind else None, country(actor.country) if actor.country else None)
    about = [word for word in known if word and word.lower() not in actor.name.lower()]
    return f"{_short(actor.name)} ({', '.join(about)})" if about else _short(actor.name)
