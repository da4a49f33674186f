"""The shape of the data files, checked when they are read: an unknown key or kind is an error."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from schemas.base import Country
from schemas.words import ACTOR_KINDS

Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Ascii = Annotated[str, StringConstraints(pattern=r"^[ -~]+$")]


def _known_kind(kind: str) -> str:
    if kind not in ACTOR_KINDS:
        raise ValueError(f"{kind!r} is not one of ACLED's kinds: {', '.join(ACTOR_KINDS)}")
    return kind


Kind = Annotated[str, AfterValidator(_known_kind)]


def _split(cell: object) -> object:
    return [part.strip() for part in cell.split(";") if part.strip()] if isinstance(cell, str) else cell


Cell = Annotated[list[Name], BeforeValidator(_split)]
"""Names in one cell of a CSV file, with semicolons between them."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CountryRow(_Row):
    """One row of `countries.csv`."""

    alpha3: Country
    name: Ascii
    article: Literal["", "the"]
    """What stands before the name in a sentence: Military Forces of `the` United States."""
    aliases: Cell
    adjectives: Cell
    people: Cell
    metonyms: Cell
    """Capitals and seats of government that stand for it."""


class Block(_Row):
    """Groups of one home and kind; each is `canonical name: [aliases]`.

    An alias that begins with `~` is an ordinary word or a shared abbreviation too: it counts only
    with support from the text (its country, its full name, or a fighting noun after it).
    """

    country: Country | None
    kind: Kind
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,9}$")] | None = None
    """CAMEO actor code; when missing, the country's and REB or UAF by the kind."""
    groups: dict[Ascii, list[Name]]


class Role(_Row):
    """What a generic noun makes of whom it names."""

    kind: Kind | None
    category: Literal["state", "generic"]
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """CAMEO's role code, put after the country's."""
    named: Annotated[Ascii, StringConstraints(pattern=r"\{country\}")]
    unnamed: Ascii
    home: Country | None = None
    """The country when none is told."""
    nouns: list[Name]
    acronyms: list[Name] = Field(default_factory=list)
    """Matched in capitals alone."""


class UnknownGroups(_Row):
    """Words by which the name of an armed group is known that no file has."""

    causes: list[Name]
    bodies: list[Name]
    alone: list[Name]


class GenericNouns(_Row):
    """`generic_nouns.yaml`."""

    roles: dict[str, Role]
    groups: dict[str, list[Name]]
    """Kinds of civilians, by what a toll calls them."""
    bodies: list[Name]
    """Nouns that stand for a group named before, or for a part of one."""
    members: list[Name]
    """Nouns for people of a party: unarmed, as far as the word tells."""
    neutral: list[Name]
    alone: dict[Name, str]
    unidentified: list[Name]
    modifiers: list[Name]
    speakers: list[Name]
    arms: list[Name]
    quantities: list[Name]
    no_actors: list[Name]
    sponsored: list[Name]
    capital_traps: list[Name]
    unknown_groups: UnknownGroups
    identities: list[Name]
    spellings: list[list[Name]]
    """Words of groups' names that are written in several ways, all ways of a word together."""
