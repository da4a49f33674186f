"""The version of Tocsin that runs."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """As installed; `0+unknown` where the code runs from a folder that was never installed."""
    try:
        return metadata.version("tocsin")
    except metadata.PackageNotFoundError:
        return "0+unknown"
