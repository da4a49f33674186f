"""The hand-kept files of the gazetteer, read and checked."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, TypeAdapter

from schemas.base import Country

_HERE = files("services.extractor.coding.places.data")


def _split(value: Any) -> Any:
    return [part for part in value.split("|") if part] if isinstance(value, str) else value


Cells = Annotated[tuple[str, ...], BeforeValidator(_split)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\.[A-Z0-9]+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]+$", strip_whitespace=True)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CountryRow(_Row):
    """A row of `countries.csv`."""

    alpha3: Country
    alpha2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Name
    aliases: Cells
    demonyms: Cells
    abbreviations: Cells
    """Matched in capitals only: "US" is a country, "us" is not."""


class Admin1Row(_Row):
    """A row of `admin1.csv`: the usual English name and further spellings of an admin-1 division."""

    code: Code
    """GeoNames' code, such as `IR.04`."""
    name: Name
    aliases: Cells


class RegionRow(_Row):
    """An entry of `regions.yaml`."""

    name: Name
    countries: tuple[Country, ...]
    aliases: tuple[Name, ...] = ()
    parts: tuple[Code, ...] = ()
    within: Code | None = None
    district: bool = False
    """It is a second-level division that the other data lack."""
    wide: bool = False
    """It spans so much that no event should be placed by it where anything better stands."""


class Spelling(_Row):
    """An entry of `spellings.yaml`: further spellings of a town or district that the built files have."""

    name: Name
    country: Country
    aliases: tuple[Name, ...]


class Localities(_Row):
    """An entry of `localities*.yaml`: places of one division that the built files lack, with their spellings."""

    within: Code
    kind: Literal["town", "admin2"]
    names: dict[Name, tuple[Name, ...]]


class Words(_Row):
    """`words.yaml`: what makes a name a place, and what does not."""

    tails: dict[str, str]
    heads: dict[str, str]
    beginnings: frozenset[str]
    plain: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    locatives: frozenset[str]
    sides: frozenset[str]
    grounds: frozenset[str]
    onsets: frozenset[str]
    titles: frozenset[str]
    not_before: frozenset[str]
    buildings: frozenset[str]
    press: frozenset[str]
    aims: frozenset[str]
    nearness: tuple[str, ...]
    parts: frozenset[str]


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_HERE.joinpath(name).read_text(encoding="utf-8").splitlines()))


def _yaml(name: str) -> Any:
    return yaml.load(_HERE.joinpath(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def countries() -> tuple[CountryRow, ...]:
    """All countries and territories."""
    return TypeAdapter(tuple[CountryRow, ...]).validate_python(_csv("countries.csv"))


@cache
def admin1() -> dict[str, Admin1Row]:
    """Usual English names of admin-1 divisions, by GeoNames' code."""
    return {row.code: row for row in TypeAdapter(list[Admin1Row]).validate_python(_csv("admin1.csv"))}


@cache
def regions() -> tuple[RegionRow, ...]:
    """Informal regions."""
    return TypeAdapter(tuple[RegionRow, ...]).validate_python(_yaml("regions.yaml"))


@cache
def peoples() -> dict[str, tuple[str, ...]]:
    """Peoples, clans and missions that tell of one country, by its alpha-3."""
    return TypeAdapter(dict[Country, tuple[Name, ...]]).validate_python(_yaml("peoples.yaml"))


@cache
def spellings() -> tuple[Spelling, ...]:
    """Further spellings of towns and districts."""
    return TypeAdapter(tuple[Spelling, ...]).validate_python(_yaml("spellings.yaml"))


@cache
def localities() -> tuple[Localities, ...]:
    """Villages and districts that the built files lack."""
    return TypeAdapter(tuple[Localities, ...]).validate_python(
        [row for name in ("localities.yaml", "localities_horn.yaml") for row in _yaml(name)]
    )


@cache
def words() -> Words:
    """What makes a name a place."""
    return TypeAdapter(Words).validate_python(_yaml("words.yaml"))


@cache
def stop(name: str) -> frozenset[str]:
    """Keys of one of the lists `stop_*.txt`, such as `stop_never`; lines that begin with # are remarks."""
    lines = _HERE.joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split(",") if word.strip())


@cache
def never() -> frozenset[str]:
    """Keys that are never read as a place by themselves: those kept by hand, and the words of English."""
    return stop("stop_never") | stop("stop_words")
