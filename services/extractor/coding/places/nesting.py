"""Which place lies in which."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.places.model import Candidate


def lies_in(inner: Candidate, outer: Candidate) -> bool:
    """Whether `inner` lies in, or is, the larger place `outer`."""
    if outer.kind == "country":
        return outer.country == inner.country or outer.country in inner.countries
    if inner.kind == "country" or inner.country is None or inner.country not in (outer.countries or (outer.country,)):
        return False
    if outer.kind == "admin1":
        return inner.admin1 == outer.admin1 and inner.kind != "admin1"
    if outer.kind == "admin2":
        return inner.kind == "town" and inner.admin2 == outer.admin2 and inner.admin1 == outer.admin1
    if outer.kind == "region":
        return outer.admin1 in {None, inner.admin1} and inner is not outer
    return inner.kind == "town" and outer.kind == "town" and inner.admin1 == outer.admin1 and inner.name != outer.name
