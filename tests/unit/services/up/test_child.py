import json
from pathlib import Path

import pytest

from services.up import child
from services.up.child import Child, Died, died
from services.up.folder import open_folder
from tests.waiting import await_true


def test_the_last_words_are_readable(tmp_path: Path) -> None:
    log = tmp_path / "sink.log"
    lines = [json.dumps({"event": f"line {i}", "level": "info", "time": "t", "service": "sink"}) for i in range(20)]
    last = json.dumps({"event": "no store", "level": "error", "error": "disk \x1b full"})
    log.write_text("\n".join([*lines, last, "Traceback \x1b[31m", "[1, 2]", ""]))
    told = str(died("sink", log)).splitlines()
    assert "sink stopped unexpectedly" in told[0]
    assert str(log) in told[0]
    assert told[-4:] == [
        "  info: line 19",
        '  error: no store {"error": "disk \\u001b full"}',
        "  Traceback \ufffd[31m",
        "  [1, 2]",
    ]
    assert len(told) == 9


def test_a_log_that_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    assert str(died("sink", tmp_path / "none.log")).endswith("nothing at all")


def test_a_service_that_ends_by_itself_is_seen(tmp_path: Path) -> None:
    with open_folder(tmp_path) as folder:
        service = Child("ingest", folder.logs / "ingest.log", {"TOCSIN_INGEST_PORT": "none"}, folder.lock)
        assert (service.started, service.died()) == (False, None)
        service.start()
        assert service.started
        assert await_true(lambda: service.died() is not None)
        assert "TOCSIN_INGEST_PORT" in str(service.died())
        service.ask_to_stop()
        service.wait()


def test_one_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_command", lambda _name: [str(tmp_path / "missing")])
    with open_folder(tmp_path) as folder, pytest.raises(Died, match="ingest could not be started"):
        Child("ingest", folder.logs / "ingest.log", {}, folder.lock).start()


def test_the_former_log_is_kept_beside_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_command", lambda _name: ["true"])
    with open_folder(tmp_path) as folder:
        log = folder.logs / "ingest.log"
        log.write_text("former\n")
        service = Child("ingest", log, {}, folder.lock)
        service.start()
        service.wait()
    assert log.read_text() == ""
    assert log.with_suffix(".log.before").read_text() == "former\n"
