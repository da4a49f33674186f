"""Countries by their names, adjectives, peoples and seats of government."""

from __future__ import annotations

from functools import cache

from services.extractor.coding.actors.fold import fold
from services.extractor.coding.actors.knowledge import country_rows
from services.extractor.coding.actors.schema import CountryRow


@cache
def _rows() -> dict[str, CountryRow]:
    return {row.alpha3: row for row in country_rows()}


@cache
def _demonyms() -> dict[str, str]:
    return {fold(word): row.alpha3 for row in country_rows() for word in (*row.adjectives, *row.people)}


def country_name(alpha3: str) -> str:
    """The usual English name, ASCII, without article: `USA` is `United States`. Raises KeyError for an unknown code."""
    return _rows()[alpha3].name


def country_in_sentence(alpha3: str) -> str:
    """The name with its article: `the United States`. Raises KeyError for an unknown code."""
    row = _rows()[alpha3]
    return f"{row.article} {row.name}".strip()


def demonym_country(word: str) -> str | None:
    """ISO 3166-1 alpha-3 of an adjective or a people in any case (`Pakistani`, `Danes`), or None."""
    return _demonyms().get(fold(word.strip()))
