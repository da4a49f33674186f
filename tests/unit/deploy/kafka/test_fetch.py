"""Downloading, with a repository of our own in the place of the real one."""

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jgo.maven
import pytest

from deploy.kafka import SetupError, fetch
from deploy.kafka.jars import Jar

CONTENTS = {f"part{i}": f"content {i}".encode() for i in range(10)}
JARS = [Jar("g", name, "1", len(data), hashlib.sha256(data).hexdigest()) for name, data in CONTENTS.items()]


class Repository:
    """Stands for MavenContext: `answer` gives a jar's bytes or raises; `asked` are the jars that were wanted."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Callable[[str], bytes] = CONTENTS.__getitem__

    def __call__(self, repo_cache: Path, **_: Any) -> Any:
        repository = self

        class Context:
            def project(self, _group: str, artifact: str) -> Any:
                self.name = artifact
                return self

            def at_version(self, _version: str) -> Any:
                return self

            def artifact(self) -> Any:
                return self

            def resolve(self) -> Path:
                repository.asked.append(self.name)
                path = repo_cache / self.name
                path.parent.mkdir(parents=True)
                path.write_bytes(repository.answer(self.name))
                return path

        return Context()


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Repository:
    fake = Repository()
    monkeypatch.setattr(jgo.maven, "MavenContext", fake)
    monkeypatch.setattr(fetch, "read_lock", lambda: JARS)
    return fake


def test_all_jars_come_and_come_once(repository: Repository, tmp_path: Path) -> None:
    paths = fetch.classpath(tmp_path / "new")
    assert [path.read_bytes() for path in paths] == list(CONTENTS.values())
    assert sorted(repository.asked) == sorted(CONTENTS)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(path.name for path in paths)
    repository.asked.clear()
    assert fetch.classpath(tmp_path / "new") == paths
    assert repository.asked == []


def test_half_a_jar_is_replaced(repository: Repository, tmp_path: Path) -> None:
    paths = fetch.classpath(tmp_path)
    repository.asked.clear()
    paths[3].write_bytes(b"cont")
    fetch.classpath(tmp_path)
    assert repository.asked == ["part3"]
    assert paths[3].read_bytes() == CONTENTS["part3"]


def test_a_jar_of_another_content_never_counts(repository: Repository, tmp_path: Path) -> None:
    repository.answer = lambda name: b"evil" if name == "part3" else CONTENTS[name]
    with pytest.raises(SetupError, match=r"part3-1\.jar came 3 times with another content"):
        fetch.classpath(tmp_path)
    assert repository.asked.count("part3") == fetch.ATTEMPTS
    assert not (tmp_path / "part3-1.jar").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".download")]


def test_a_download_that_fails_once_is_tried_again(repository: Repository, tmp_path: Path) -> None:
    def flaky(name: str) -> bytes:
        if repository.asked.count(name) == 1:
            raise OSError("connection reset")
        return CONTENTS[name]

    repository.answer = flaky
    assert len(fetch.classpath(tmp_path)) == len(JARS)


@pytest.mark.parametrize("error", [OSError("unreachable"), RuntimeError("not found in remote repositories")])
def test_no_network_says_what_to_do(repository: Repository, tmp_path: Path, error: Exception) -> None:
    def fail(_name: str) -> bytes:
        raise error

    repository.answer = fail
    with pytest.raises(SetupError, match=r"connect this machine .* BOOTSTRAP=host:port"):
        fetch.classpath(tmp_path)


def test_a_full_disk_says_so_and_is_not_tried_again(repository: Repository, tmp_path: Path) -> None:
    def full(_name: str) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    repository.answer = full
    with pytest.raises(SetupError, match=r"No space left on device.*make room"):
        fetch.classpath(tmp_path)
    assert len(repository.asked) == len(set(repository.asked))


def test_a_folder_that_cannot_be_made_says_so(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="cannot be stored"):
        fetch.classpath(tmp_path / "file" / "below")


def test_progress_is_plain_lines_where_nobody_looks(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch.classpath(tmp_path)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) >= 5
    assert all(line.startswith("Apache Kafka 4.2.0: ") and line.endswith(" MB") for line in lines)


def test_the_command_gives_a_sentence_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> list[Path]:
        raise SetupError("Do this.")

    monkeypatch.setattr(fetch, "classpath", fail)
    assert fetch.main() == 1
    assert capsys.readouterr().err == "Do this.\n"
    monkeypatch.setattr(fetch, "classpath", lambda: [Path("/cache/a.jar")])
    assert fetch.main() == 0
    assert "1 jars in /cache" in capsys.readouterr().out
