import os
from pathlib import Path

import pytest

from services.common.errors import Fatal
from services.up import folder
from services.up.folder import open_folder


def test_it_is_made_and_held_while_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "PATIENCE", 0)
    with open_folder(tmp_path / "a" / "b") as opened:
        assert opened.logs.is_dir()
        with (
            pytest.raises(Fatal, match=rf"another `tocsin up` \(process {os.getpid()}\) uses .*--data"),
            open_folder(opened.path),
        ):
            pytest.fail("two at a time")
    with open_folder(tmp_path / "a" / "b") as opened:
        assert not opened.after_crash


def test_an_error_is_no_crash(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_folder(tmp_path):
        raise KeyboardInterrupt
    with open_folder(tmp_path) as opened:
        assert not opened.after_crash


def test_what_kill_9_leaves_is_told(tmp_path: Path) -> None:
    (tmp_path / "up.lock").write_text("12345\n")
    with open_folder(tmp_path) as opened:
        assert opened.after_crash


def test_whoever_inherits_the_lock_holds_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "PATIENCE", 0)
    with open_folder(tmp_path) as opened:
        inherited = os.dup(opened.lock)
    with pytest.raises(Fatal, match="another `tocsin up` uses"), open_folder(tmp_path):
        pytest.fail("a service of the last run is still there")
    os.close(inherited)
    with open_folder(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Fatal, match=r"cannot hold Tocsin's data.*--data"), open_folder(tmp_path / "file" / "data"):
        pytest.fail("a file is no folder")
