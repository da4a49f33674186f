import base64
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy.kafka import BrokerError, datadir
from deploy.kafka.datadir import open_data_dir


def test_a_folder_keeps_its_cluster_id(tmp_path: Path) -> None:
    first = open_data_dir(tmp_path / "new" / "kafka", 1)
    first.close()
    second = open_data_dir(tmp_path / "new" / "kafka", 1)
    second.close()
    assert first.cluster_id == second.cluster_id
    assert len(base64.urlsafe_b64decode(first.cluster_id + "==")) == 16
    assert second.path.exists()


def test_a_temporary_folder_goes_with_its_owner() -> None:
    opened = open_data_dir(None, 1)
    assert opened.path.is_dir()
    opened.close()
    assert not opened.path.exists()


def test_a_folder_has_one_owner_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datadir, "WAIT", 0.0)
    first = open_data_dir(tmp_path, 1)
    with pytest.raises(BrokerError, match="Another broker uses"):
        open_data_dir(tmp_path, 1)
    first.close()
    open_data_dir(tmp_path, 1).close()


def test_a_cluster_of_another_size_is_refused_and_the_folder_given_back(tmp_path: Path) -> None:
    open_data_dir(tmp_path, 3).close()
    with pytest.raises(BrokerError, match="of 3 nodes, not 1"):
        open_data_dir(tmp_path, 1)
    open_data_dir(tmp_path, 3).close()


def test_a_damaged_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "cluster.json").write_text("{", encoding="utf-8")
    with pytest.raises(BrokerError, match="is damaged"):
        open_data_dir(tmp_path, 1)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BrokerError, match="choose another folder"):
        open_data_dir(tmp_path / "file" / "below", 1)


def test_a_full_disk_is_told_before_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(BrokerError, match=r"Only 1 MB are free .* make room for 1500 MB"):
        open_data_dir(tmp_path, 3)


def test_a_new_id_never_looks_like_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = iter([b"\xf8" + b"\0" * 15, b"\0" * 16])

    class Uuid:
        def __init__(self) -> None:
            self.bytes = next(ids)

    monkeypatch.setattr(datadir.uuid, "uuid4", Uuid)
    assert datadir._new_id() == "A" * 22
