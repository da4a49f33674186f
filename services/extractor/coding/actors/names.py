"""Canonical names of actors without a name of their own: a state's forces, armed groups unknown, civilians."""

from __future__ import annotations

from dataclasses import dataclass

from services.extractor.coding.actors.countries import country_in_sentence, country_name
from services.extractor.coding.actors.knowledge import generic


@dataclass(frozen=True, slots=True)
class Canonical:
    """An actor as messages name it (see `Actor` in schemas/event.py)."""

    name: str
    kind: str | None
    """In ACLED's words; None for a bare country, of which the event tells what part acts."""
    country: str | None
    """ISO 3166-1 alpha-3."""
    code: str | None
    """CAMEO actor code."""


def of_role(role: str, country: str | None) -> Canonical:
    """The actor of a role of `generic_nouns.yaml`. Raises KeyError for an unknown role or country."""
    row = generic().roles[role]
    country = country or row.home
    if country is None:
        return Canonical(row.unnamed, row.kind, None, row.code)
    shown = country_name(country) if "(" in row.named else country_in_sentence(country)
    return Canonical(row.named.format(country=shown), row.kind, country, country + row.code)


def of_country(alpha3: str) -> Canonical:
    """The bare country. Raises KeyError for an unknown code."""
    return Canonical(country_name(alpha3), None, alpha3, alpha3)


def military_of(alpha3: str) -> Canonical:
    """`Military Forces of Pakistan`. Raises KeyError for an unknown code."""
    return of_role("military", alpha3)


def police_of(alpha3: str) -> Canonical:
    """`Police Forces of India`. Raises KeyError for an unknown code."""
    return of_role("police", alpha3)


def government_of(alpha3: str) -> Canonical:
    """`Government of Iran`. Raises KeyError for an unknown code."""
    return of_role("government", alpha3)
