"""The built files in memory: bytes and offsets, from which a row becomes an object only when it is asked for."""

from __future__ import annotations

import gzip
from array import array
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Final

from services.extractor.coding.places.model import Candidate

_HERE = files("services.extractor.coding.places.data")
# A key is two letters or more and a tab follows it, so three characters always belong to one key or its tab.
_PREFIX: Final = 3
_SHORT: Final = 512
"""So many characters are searched as quickly as halved."""


def _unpack(name: str) -> bytes:
    return gzip.decompress(_HERE.joinpath(name).read_bytes())


class _Rows:
    """Lines by number."""

    def __init__(self, name: str) -> None:
        self.blob = _unpack(name)
        lengths = (len(line) + 1 for line in self.blob.splitlines())
        self.offsets = array("I", accumulate(lengths, initial=0))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def cells(self, number: int) -> list[str]:
        """The cells of line `number`."""
        return self.blob[self.offsets[number] : self.offsets[number + 1] - 1].decode("ascii").split("\t")


class Names:
    """Which rows bear a name. The lines are sorted, so those that share their first characters stand together."""

    def __init__(self) -> None:
        self._blob = b"\n" + _unpack("names.tsv.gz")
        self._ranges: dict[bytes, tuple[int, int]] = {}
        prefix, first, here = b"", 0, 0
        for line in self._blob[1:].splitlines():
            mine = line[:_PREFIX]
            if mine != prefix:
                self._ranges[prefix] = (first, here + 1)
                prefix, first = mine, here
            here += len(line) + 1
        self._ranges[prefix] = (first, here + 1)

    def refs(self, key: str) -> list[str]:
        """References such as `T12` (town, main name), `t12` (alternate), `D3`, `d3` (division); empty if none."""
        if not key.isascii() or len(key) < 2:
            return []
        wanted = key.encode("ascii")
        span = self._ranges.get((wanted + b"\t")[:_PREFIX])
        if span is None:
            return []
        at = self._blob.find(b"\n" + wanted + b"\t", *self._narrowed(wanted + b"\t", *span))
        if at < 0:
            return []
        at += len(wanted) + 2
        return self._blob[at : self._blob.index(b"\n", at)].decode("ascii").split(" ")

    def _narrowed(self, wanted: bytes, first: int, end: int) -> tuple[int, int]:
        """A short part of the stretch that holds the line which begins with `wanted`, if any does."""
        blob = self._blob
        while end - first > _SHORT:
            middle = blob.rfind(b"\n", first, (first + end) // 2)
            if middle <= first:
                break
            if blob[middle + 1 : middle + 1 + len(wanted)] > wanted:
                end = middle + 1
            else:
                first = middle
        return first, end


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


class Store:
    """Towns and divisions by reference."""

    def __init__(self) -> None:
        self.names = Names()
        self.towns = _Rows("towns.tsv.gz")
        self._divisions = _Rows("divisions.tsv.gz")
        lines = enumerate(self._divisions.blob.splitlines())
        self.codes = {line[: line.index(b"\t")].decode(): n for n, line in lines if b"\t1\t" in line[:20]}

    def candidate(self, ref: str) -> Candidate:
        """The place that `ref` stands for, lower-case references being alternate names."""
        number, primary = int(ref[1:]), ref[0].isupper()
        return (self._town if ref[0] in "Tt" else self.division)(number, primary=primary)

    def towns_of(self, country: str) -> list[Candidate]:
        """All towns of a country, by one reading of all rows."""
        mark = f"\t{country}\t".encode()
        return [self._town(n, primary=True) for n, line in enumerate(self.towns.blob.splitlines()) if mark in line]

    def _town(self, number: int, *, primary: bool) -> Candidate:
        name, country, division, latitude, longitude, population, geonames_id = self.towns.cells(number)
        admin1, admin2 = self._divisions_of(int(division)) if division else (None, None)
        return Candidate(
            "town",
            name,
            admin1,
            admin2,
            country,
            float(latitude),
            float(longitude),
            int(population),
            int(geonames_id),
            primary,
        )

    def division(self, number: int, *, primary: bool = True) -> Candidate:
        """Row `number` of the divisions."""
        _, level, name, country, _, latitude, longitude, population, geonames_id = self._divisions.cells(number)
        admin1, admin2 = self._divisions_of(number)
        return Candidate(
            "admin1" if level == "1" else "admin2",
            name,
            admin1,
            admin2,
            country,
            _number(latitude),
            _number(longitude),
            int(population),
            int(geonames_id),
            primary,
        )

    @lru_cache(maxsize=4096)  # noqa: B019  one store lives as long as its process
    def _divisions_of(self, number: int) -> tuple[str | None, str | None]:
        _, level, name, _, parent, *_ = self._divisions.cells(number)
        if level == "1":
            return name, None
        return (self._divisions_of(int(parent))[0] if parent else None), name
