"""Cells, features and types: nothing of an article can run in a spreadsheet, break a file, or be lost."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Source
from services.sink.export.columns import joined
from services.sink.export.formats import FORMATS, safe_cell
from services.sink.export.incident import Exported
from tests.unit.services.sink.export.build import incident, place


def written(name: str, *rows: Exported) -> bytes:
    file = io.BytesIO()
    FORMATS[name].write(rows, FORMATS[name].columns, file)
    return file.getvalue()


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\nx", "\uff1d1"])
def test_a_cell_that_a_spreadsheet_would_run_stands_behind_an_apostrophe(start: str) -> None:
    assert safe_cell(start) == f"'{start}"
    assert safe_cell(f"so {start}") == f"so {start}"


@pytest.mark.parametrize("name", ["csv", "acled-csv", "ucdp-csv"])
def test_no_cell_of_an_articles_text_is_a_formula(name: str) -> None:
    source = Source(name='=HYPERLINK("https://x.example","y")', url="https://x.example")
    hostile = incident(
        about={"source": source, "title": "@cmd"},
        claimed_by="+1",
        reported_by="-1",
        place=place(1, name="=A1", mention="=A1", admin1="=A1", longitude=-44.2),
    )
    (row,) = csv.DictReader(io.StringIO(written(name, hostile).decode(), newline=""))
    columns = {column.name: column.kind for column in FORMATS[name].columns}
    assert not [value for key, value in row.items() if columns[key] == "text" and value.startswith(tuple("=+-@"))]
    assert row["longitude"] == "-44.2"


@pytest.mark.parametrize(("text", "cell"), [("a\rb", "a\nb"), ("a\r\nb", "a\nb"), ("\r=1", "'\n=1")])
def test_a_carriage_return_is_a_line_feed(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30))
def test_any_text_is_read_again_as_it_is(text: str) -> None:
    one = incident(claimed_by=text)
    (row,) = csv.DictReader(io.StringIO(written("csv", one).decode(), newline=""))
    assert row["claimed_by"] == safe_cell(text)
    (feature,) = json.loads(written("geojson", one))["features"]
    assert feature["properties"]["claimed_by"] == text


def test_geojson_is_as_the_standard_says() -> None:
    located, nowhere = incident(), incident(place=place(4))
    whole = json.loads(written("geojson", located, nowhere))
    assert set(whole) == {"type", "features"}
    assert whole["type"] == "FeatureCollection"
    one, other = whole["features"]
    assert set(one) == {"type", "id", "geometry", "properties"}
    assert one["geometry"] == {"type": "Point", "coordinates": [62.5, 27.5]}
    assert other["geometry"] is None
    assert "latitude" not in one["properties"]
    assert one["properties"]["date_start"] == "2024-01-15"
    assert one["properties"]["first_reported"] == "2024-01-18T12:00:00Z"
    assert one["properties"]["cancelled"] is False


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_file_without_rows_is_a_whole_file(name: str, tmp_path: Any) -> None:
    whole = written(name)
    if name == "geojson":
        assert json.loads(whole) == {"type": "FeatureCollection", "features": []}
    elif name == "parquet":
        (tmp_path / "x.parquet").write_bytes(whole)
        assert duckdb.read_parquet(str(tmp_path / "x.parquet")).fetchall() == []
    else:
        assert len(whole.splitlines()) == 1


def test_parts_are_joined_once_each_and_never_look_like_two() -> None:
    assert joined(["a", "b", "a", "", None, "c; d", "e\nf"]) == "a; b; c, d; e f"
    assert joined([]) is None
    assert joined([" "]) is None


@pytest.mark.parametrize("name", ["csv", "geojson", "parquet"])
def test_memory_does_not_grow_with_the_rows(name: str, tmp_path: Any) -> None:
    one = incident()

    def peak(count: int) -> int:
        with (tmp_path / name).open("wb") as file:
            tracemalloc.start()
            FORMATS[name].write((one for _ in range(count)), FORMATS[name].columns, file)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    peak(10)
    assert peak(4000) < peak(1000) * 1.5
