"""CAMEO's event codes with Goldstein score, quad class and the crosswalk to PLOVER."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, field_validator

from schemas.taxonomies.files import read_csv


class CameoCode(BaseModel):
    """One CAMEO code, a root (two digits) or finer; `plover_event` is null for the roots that PLOVER dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    goldstein: float
    quad_class: int
    plover_event: str | None
    plover_mode: str | None
    plover_contexts: list[str]

    @field_validator("plover_event", "plover_mode", mode="before")
    @classmethod
    def _empty_is_null(cls, value: str) -> str | None:
        return value or None

    @field_validator("plover_contexts", mode="before")
    @classmethod
    def _split(cls, value: str) -> list[str]:
        return value.split()

    @property
    def root(self) -> str:
        """The code's first two digits."""
        return self.code[:2]


@cache
def codes() -> dict[str, CameoCode]:
    """All codes by code."""
    return {row["code"]: CameoCode.model_validate(row) for row in read_csv("cameo.csv")}


def code_names() -> list[str]:
    """All codes, roots included."""
    return list(codes())


def root_names() -> list[str]:
    """The 20 root codes."""
    return [code for code in codes() if len(code) == 2]
