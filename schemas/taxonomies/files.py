"""Reads the taxonomy files beside it."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import yaml

_HERE = files("schemas.taxonomies")


def read_yaml(name: str) -> Any:
    """The parsed YAML file `name` of this package."""
    return yaml.safe_load(_HERE.joinpath(name).read_text(encoding="utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of the CSV file `name` of this package, by column name."""
    return list(csv.DictReader(_HERE.joinpath(name).read_text(encoding="utf-8").splitlines()))
