"""What the gazetteer gives: mentions of places in a text and the places that each may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["town", "admin2", "admin1", "region", "country", "unknown"]
"""`region` is informal or historic (Darfur); `unknown` is called a place by the text and is not in the data."""

Modifier = Literal["near", "part", "rural", "between"]
"""`near`: outside, around, north of; `part`: southern, central; `rural`: the land around a town, or of a division;
`between`: two places are named."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may be."""

    kind: Kind
    name: str
    """Usual English name, ASCII."""
    admin1: str | None = None
    """The first-level division it lies in or is."""
    admin2: str | None = None
    """The second-level division it lies in or is."""
    country: str | None = None
    """ISO 3166-1 alpha-3; null for a region of several countries or of none."""
    latitude: float | None = None
    """Degrees, WGS 84; of a division the middle of its towns, weighted by population; null for countries."""
    longitude: float | None = None
    """Degrees, WGS 84."""
    population: int = 0
    """Inhabitants; of a division those of its towns in the data; 0 where unknown."""
    geonames_id: int | None = None
    primary: bool = True
    """The mention bears its main name, not an alternate one."""
    countries: tuple[str, ...] = ()
    """All countries of an informal region."""
    wide: bool = False
    """A region too wide to place an event by where anything better stands."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name of a place in a text: `text[start:end]`."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    """Never empty; the likeliest without any context first."""
    hint: str | None = None
    """What the text calls it: `town`, `admin2`, `admin1`, `region`, `camp` (a spot inside a town or district) or
    `site` (a building, a road).
    """
    modifier: Modifier | None = None
    """What the words around it do to its precision."""
    nation: str | None = None
    """The country that an adjective right before it tells: "the Somali town of X"; ISO 3166-1 alpha-3."""
    qualifiers: tuple[int, ...] = ()
    """Starts of the mentions that the text names as what it lies in: North Kivu in "Goma, North Kivu"."""


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word such as "Syrian": weak evidence for a country, never a place."""

    start: int
    end: int
    text: str
    country: str
    """ISO 3166-1 alpha-3."""
