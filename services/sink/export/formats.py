"""The formats: rows written one after another, so that a file of any length takes the same memory."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

import arro3.core as arrow
from arro3.io import write_parquet

from services.sink.export import acled, own, ucdp
from services.sink.export.columns import Column, Value, names
from services.sink.export.incident import Exported

_FORMULA = tuple("=+-@\t\n\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes a cell for a formula by, also as full-width letters."""
_BATCH = 1000
"""Rows of a Parquet file that are in memory at a time, as Arrow arrays."""
_GROUP = 50_000
"""Rows of a row group."""
_EPOCH = dt.date(1970, 1, 1)
_ARROW: dict[str, Any] = {
    "text": arrow.DataType.utf8(),
    "whole": arrow.DataType.int64(),
    "number": arrow.DataType.float64(),
    "flag": arrow.DataType.bool(),
    "day": arrow.DataType.date32(),
    "time": arrow.DataType.timestamp("us", tz="UTC"),
}

Rows = Iterable[Exported]


@dataclass(frozen=True)
class Format:
    """A format by its name on the command line."""

    columns: Sequence[Column]
    write: Callable[[Rows, Sequence[Column], IO[bytes]], None]
    records: Callable[[Exported], bool] = lambda _: True
    """Whether whoever made the columns would record an incident; what they would not is left out."""
    is_text: bool = True
    has_cancelled: bool = True
    """Whether a row can say that its incident was cancelled."""


def safe_cell(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would run it: what articles say may be anything.

    Carriage returns become line feeds: Python's writer does not quote a cell for one, and readers end the row at it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(rows: Rows, columns: Sequence[Column], file: IO[bytes]) -> None:
    """RFC 4180 with a header, UTF-8, lines ended by a line feed."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names(columns))
        for row in rows:
            writer.writerow([_cell(column.of(row)) for column in columns])
    finally:
        text.detach()  # flushes, and leaves the file to who opened it


def write_geojson(rows: Rows, columns: Sequence[Column], file: IO[bytes]) -> None:
    """RFC 7946: a feature an incident; its geometry is null where the reports tell no point."""
    file.write(b'{"type": "FeatureCollection", "features": [')
    separator = b"\n"
    for row in rows:
        file.write(separator + json.dumps(_feature(row, columns), ensure_ascii=False, allow_nan=False).encode())
        separator = b",\n"
    file.write(b"\n]}\n")


def write_parquet_file(rows: Rows, columns: Sequence[Column], file: IO[bytes]) -> None:
    """Typed columns, compressed by zstd."""
    schema = arrow.Schema([arrow.Field(column.name, _ARROW[column.kind], nullable=True) for column in columns])
    reader = arrow.RecordBatchReader.from_batches(schema, _batches(rows, columns, schema))
    write_parquet(reader, file, compression="zstd(3)", max_row_group_size=_GROUP)


def _cell(value: Value) -> str | int | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return safe_cell(value)
    return _plain(value)


def _plain(value: Value) -> str | int | float | None:
    """JSON's and CSV's form of a value: days and times as ISO 8601 has them."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, dt.date) else value


def _feature(row: Exported, columns: Sequence[Column]) -> dict[str, Any]:
    told = {column.name: _plain(column.of(row)) for column in columns}
    latitude, longitude = (told.pop(name) for name in own.POINT)
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": row.incident_id, "geometry": point, "properties": told}


def _batches(rows: Rows, columns: Sequence[Column], schema: Any) -> Iterator[Any]:
    waiting = iter(rows)
    while part := list(islice(waiting, _BATCH)):
        arrays = [_array([column.of(row) for row in part], column.kind) for column in columns]
        yield arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[Value], kind: str) -> Any:
    if kind == "day":
        days = [(value - _EPOCH).days if isinstance(value, dt.date) else None for value in values]
        return arrow.Array(days, arrow.DataType.int32()).cast(_ARROW[kind])
    if kind == "time":
        moments = [round(value.timestamp() * 1e6) if isinstance(value, dt.datetime) else None for value in values]
        return arrow.Array(moments, arrow.DataType.int64()).cast(_ARROW[kind])
    return arrow.Array(values, _ARROW[kind])


FORMATS = {
    "csv": Format(own.COLUMNS, write_csv),
    "parquet": Format(own.COLUMNS, write_parquet_file, is_text=False),
    "geojson": Format(own.COLUMNS, write_geojson),
    "acled-csv": Format(acled.COLUMNS, write_csv, acled.recorded, has_cancelled=False),
    "ucdp-csv": Format(ucdp.COLUMNS, write_csv, ucdp.recorded, has_cancelled=False),
}
