"""Reads the data files, once, into checked rows."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from services.extractor.coding.actors.schema import Block, CountryRow, GenericNouns

_DATA = files("services.extractor.coding.actors") / "data"
_BLOCKS = TypeAdapter(list[Block])


@cache
def country_rows() -> tuple[CountryRow, ...]:
    """All rows of `countries.csv`. Raises pydantic.ValidationError for a row of another shape."""
    lines = (_DATA / "countries.csv").read_text(encoding="utf-8").splitlines()
    return tuple(CountryRow.model_validate(row) for row in csv.DictReader(lines))


@cache
def blocks() -> tuple[Block, ...]:
    """Armed groups of all regions, then state bodies and international ones. Raises pydantic.ValidationError."""
    regions = sorted((_DATA / "armed_groups").iterdir(), key=lambda path: path.name)
    pages = [*(path for path in regions if path.name.endswith(".yaml")), _DATA / "organisations.yaml"]
    return tuple(
        block for page in pages for block in _BLOCKS.validate_python(yaml.safe_load(page.read_text(encoding="utf-8")))
    )


@cache
def generic() -> GenericNouns:
    """The generic nouns and their roles. Raises pydantic.ValidationError."""
    return GenericNouns.model_validate(yaml.safe_load((_DATA / "generic_nouns.yaml").read_text(encoding="utf-8")))
