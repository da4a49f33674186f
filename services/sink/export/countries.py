"""What other data sets call a country: ISO's number, ACLED's region, Gleditsch and Ward's number, UCDP's region."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, TypeAdapter


class Codes(BaseModel):
    """A row of countries.csv; None where the list in question does not have the country."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    alpha3: str
    iso: int | None
    acled_region: str | None
    gwno: int | None
    ucdp_region: str | None


_UNKNOWN = Codes(alpha3="", iso=None, acled_region=None, gwno=None, ucdp_region=None)


@cache
def _table() -> dict[str, Codes]:
    lines = files("services.sink.export").joinpath("countries.csv").read_text("utf-8").splitlines()
    rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(lines)]
    return {row.alpha3: row for row in TypeAdapter(list[Codes]).validate_python(rows)}


def codes(alpha3: str | None) -> Codes:
    """The codes of a country by ISO 3166-1 alpha-3; all None for one that is not known."""
    return _table().get(alpha3 or "", _UNKNOWN)
