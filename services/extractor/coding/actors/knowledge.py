"""Reads the data files, once, into checked rows."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from pydantic import TypeAdapter

from services.extractor.coding.actors.schema import Block, CountryRow, GenericNouns

_DATA = files("services.extractor.coding.actors") / "data"
_BLOCKS = TypeAdapter(list[Block])


def _read(page: Traversable) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there
    return yaml.load(page.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both loaders are the safe ones


@cache
def country_rows() -> tuple[CountryRow, ...]:
    """All rows of `countries.csv`. Raises pydantic.ValidationError for a row of another shape."""
    lines = (_DATA / "countries.csv").read_text(encoding="utf-8").splitlines()
    return tuple(CountryRow.model_validate(row) for row in csv.DictReader(lines))


@cache
def blocks() -> tuple[Block, ...]:
    """Armed groups by region, then state and international bodies, then leaders. Raises pydantic.ValidationError."""
    regions = sorted((_DATA / "armed_groups").iterdir(), key=lambda path: path.name)
    pages = [
        *(path for path in regions if path.name.endswith(".yaml")),
        _DATA / "organisations.yaml",
        _DATA / "leaders.yaml",
    ]
    return tuple(block for page in pages for block in _BLOCKS.validate_python(_read(page)))


@cache
def generic() -> GenericNouns:
    """The generic nouns and their roles. Raises pydantic.ValidationError."""
    return GenericNouns.model_validate(_read(_DATA / "generic_nouns.yaml"))
