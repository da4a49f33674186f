"""`tocsin export`: files that others load, beside a sink that runs; whole or not at all; refusals in a sentence."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import geopandas
import pandas as pd
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import ArticleEvents, Plover
from services.cli import main
from services.common.settings import Settings
from services.sink.export import formats
from services.sink.export.select import Selection, open_snapshot
from services.sink.process import Record, apply
from services.sink.reader import existing_store
from services.sink.store.engine import open_store
from tests.messages import SENT, event, killed, message
from tests.unit.services.sink.export.build import place, span


def days(day: str, article: str, **changes: object) -> ArticleEvents:
    return message(article, [event(article, date=span(day, day), **changes)])


NO_ACLED = dict.fromkeys(("event_type", "sub_event_type", "disorder_type"))
MESSAGES = [
    days("2024-01-10", "a1", casualties=killed(3)),
    days("2024-01-12", "a2", place=place(4)),
    days("2024-01-08", "a3"),
    days(
        "2024-01-14",
        "a4",
        event_type=None,
        sub_event_type=None,
        disorder_type=None,
        casualties=killed(0),
        plover=Plover(event="ASSAULT"),
    ),
    message("a5", [event("a5", date=None, place=place(1, name="Aden", mention="Aden"))]),
    message("a6", [event("a6", date=span("2024-01-09", "2024-01-09"))], status="exercise"),
    days("2024-01-11", "a7"),
    message("a7", [], version=1, withdrawn=True),
]


@pytest.fixture
def sink(store_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A store that a sink holds open, once on each kind of database."""
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(store_settings.data_dir))
    monkeypatch.setenv("TOCSIN_DATABASE_URL", store_settings.database_url)
    with open_store(store_settings, lambda _: None) as engine:
        with Session(engine) as session, session.begin():
            apply(session, [Record("c", "t", 0, n, m) for n, m in enumerate(MESSAGES)], SENT)
        yield engine


@pytest.fixture
def store(sink: Engine, tmp_path: Path) -> Path:
    """A folder for what is written."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def frame(*arguments: str) -> pd.DataFrame:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return pd.read_csv(io.StringIO(result.stdout))


def test_pandas_reads_the_csv(store: Path) -> None:
    told = frame()
    assert list(told.date_start) == ["2024-01-08", "2024-01-10", "2024-01-12", "2024-01-14", *told.date_start[4:]]
    assert told.date_start.isna().tolist() == [False] * 4 + [True]
    assert told.killed_best.tolist() == [7, 3, 7, 0, 7]
    assert told.latitude.isna().tolist() == [False, False, True, False, False]
    assert (told.sources == "The Paper").all()
    assert not told.cancelled.any()


def test_duckdb_and_pandas_read_the_parquet_with_its_types(store: Path) -> None:
    path = store / "out.parquet"
    result = run("--format", "parquet", "--output", str(path))
    assert result.exit_code == 0, result.output
    assert result.stderr == f"5 incidents written to {path}\n"
    told = duckdb.read_parquet(str(path))
    types = dict(zip(told.columns, map(str, told.types), strict=True))
    assert types["date_start"] == "DATE"
    assert types["killed_best"] == "BIGINT"
    assert types["latitude"] == "DOUBLE"
    assert types["first_reported"] == "TIMESTAMP WITH TIME ZONE"
    assert types["cancelled"] == "BOOLEAN"
    query = f"SELECT count(*), min(date_start), sum(killed_best) FROM '{path}'"  # noqa: S608  a path of this test
    assert duckdb.sql(query).fetchall() == [(5, dt.date(2024, 1, 8), 24)]
    assert duckdb.sql(f"SELECT killed_best FROM '{path}'").df().killed_best.tolist() == [7, 3, 7, 0, 7]  # noqa: S608


def test_geopandas_reads_the_geojson(store: Path) -> None:
    path = store / "out.geojson"
    assert run("--format", "geojson", "-o", str(path)).exit_code == 0
    told = geopandas.read_file(path)
    assert told.crs.to_epsg() == 4326
    assert told.geometry.is_empty.tolist() == [False] * 5
    assert told.geometry.isna().sum() == 1
    assert (told.geometry.x[0], told.geometry.y[0]) == (62.5, 27.5)
    assert told.killed_best.tolist() == [7, 3, 7, 0, 7]


def test_pandas_and_duckdb_read_acleds_columns(store: Path) -> None:
    path = store / "acled.csv"
    assert run("--format", "acled-csv", "-o", str(path)).exit_code == 0
    told = pd.read_csv(path, parse_dates=["event_date"])
    assert len(told) == 4  # not what ACLED does not record
    assert set(told.event_type) == {"Violence against civilians"}
    assert told.fatalities.tolist() == [7, 3, 7, 7]
    assert duckdb.read_csv(str(path)).columns == [column.name for column in formats.FORMATS["acled-csv"].columns]


def test_pandas_and_duckdb_read_ucdps_columns(store: Path) -> None:
    path = store / "ucdp.csv"
    assert run("--format", "ucdp-csv", "-o", str(path)).exit_code == 0
    told = pd.read_csv(path)
    assert len(told) == 4  # not what killed nobody
    assert set(told.type_of_violence) == {3}
    assert duckdb.read_csv(str(path)).columns == [column.name for column in formats.FORMATS["ucdp-csv"].columns]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--since", "2024-01-10"], 4),
        (["--since", "2024-01-11"], 3),
        (["--until", "2024-01-10"], 2),
        (["--until", "2024-01-09"], 1),
        (["--since", "2024-01-10", "--until", "2024-01-10"], 1),
        (["--since", "2024-01-18"], 1),  # the one without a day counts by the day of its report
        (["--since", "2024-01-19"], 0),
        (["--status", "exercise"], 1),
        (["--status", "test"], 0),
        (["--cancelled"], 6),
        (["--cancelled", "--until", "2024-01-10"], 2),
    ],
)
def test_days_and_status_choose(store: Path, arguments: list[str], count: int) -> None:
    assert len(frame(*arguments)) == count


def test_a_cancelled_incident_says_so_and_what_was_told_last(store: Path) -> None:
    last = frame("--cancelled").iloc[-1]
    assert (last.cancelled, last.date_start, last.reports, last.killed_best) == (True, "2024-01-11", 0, 7)
    assert pd.isna(last.sources)


def test_the_same_store_gives_the_same_bytes(store: Path) -> None:
    assert run().stdout_bytes == run().stdout_bytes


def test_a_sink_that_writes_meanwhile_is_neither_held_up_nor_seen(
    sink: Engine, store_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.sink.export.select.PAGE", 1)
    selection = Selection()
    with existing_store(store_settings) as reader:
        session, snapshot = open_snapshot(reader, selection)
        with session:
            found = [next(coming := snapshot.incidents())]
            with Session(sink) as other, other.begin():
                other.execute(sa.text("UPDATE reports SET incident_id = NULL"))
            found += list(coming)
    assert len([one for one in found if one]) == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--since", "yesterday"], "'yesterday' is no day"),
        (["--since", "20240118"], "is no day"),
        (["--until", "2024-02-30"], "is no day"),
        (["--since", "2024-01-02", "--until", "2024-01-01"], "is before"),
        (["--format", "parquet"], "is no text"),
        (["--format", "acled-csv", "--cancelled"], "no column"),
        (["--format", "xlsx"], "is not one of"),
        (["--output", "."], "is a folder"),
        (["--output", "no/such/folder/x.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(store: Path, arguments: list[str], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_without_a_store_it_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "none"))
    result = run()
    assert result.exit_code == 2
    assert "there is no store at" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to look like one" * 40])
def test_what_is_no_store_of_this_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path))
    (tmp_path / "tocsin.sqlite").write_bytes(content)
    result = run()
    assert result.exit_code == 2
    assert "the store" in result.stderr


@pytest.mark.parametrize("name", list(formats.FORMATS))
def test_a_file_appears_whole_or_not_at_all(store: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = store / "out"
    path.write_text("what was there")

    def fails(_: object) -> None:
        raise RuntimeError("in the middle")

    broken = [*formats.FORMATS[name].columns[:-1], formats.Column("x", "text", fails)]
    monkeypatch.setitem(formats.FORMATS, name, formats.Format(broken, formats.FORMATS[name].write))
    assert run("--format", name, "-o", str(path)).exit_code == 1
    assert path.read_text() == "what was there"
    assert [p.name for p in store.iterdir()] == ["out"]


def test_a_file_takes_the_place_of_the_one_before(store: Path) -> None:
    path = store / "out.geojson"
    path.write_text("what was there")
    assert run("--format", "geojson", "-o", str(path)).exit_code == 0
    assert len(json.loads(path.read_text())["features"]) == 5
    (store / "other").touch()
    assert path.stat().st_mode == (store / "other").stat().st_mode


def test_how_far_it_is_shows_on_a_terminal_only(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run().stderr == "5 incidents written to standard output\n"
    monkeypatch.setattr("services.export.shows_progress", lambda: True)
    monkeypatch.setattr("services.export.EVERY", 2)
    told = run().stderr
    assert "\r2 of 6 incidents" in told  # the exercise is looked at too
    assert told.endswith("5 incidents written to standard output\n")
