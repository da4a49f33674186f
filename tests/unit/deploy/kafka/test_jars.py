from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.kafka.jars import KAFKA_VERSION, LOCK, Jar, jar_folder, read_lock, sha256_of

HASH = "a" * 64


def test_the_lock_names_a_whole_kafka_of_the_version_and_a_log_binding() -> None:
    jars = read_lock()
    names = {jar.artifact: jar.version for jar in jars}
    assert names["kafka_2.13"] == names["kafka-clients"] == KAFKA_VERSION
    assert {jar.version for jar in jars if jar.group == "org.apache.kafka"} == {KAFKA_VERSION}
    assert names["log4j-slf4j-impl"] == names["log4j-core"]
    assert len(jars) == 46


def test_no_two_jars_of_the_lock_share_a_file_and_no_address_is_in_it() -> None:
    jars = read_lock()
    assert len({jar.filename for jar in jars}) == len(jars)
    assert "://" not in LOCK.read_text(encoding="utf-8")


word = st.from_regex(r"[a-zA-Z0-9._-]+", fullmatch=True)


@given(word, word, word, st.integers(min_value=0), st.from_regex(r"[0-9a-f]{64}", fullmatch=True))
def test_a_line_reads_as_it_was_written(group: str, artifact: str, version: str, size: int, sha256: str) -> None:
    jar = Jar(group, artifact, version, size, sha256)
    assert Jar.parse(str(jar)) == jar


@pytest.mark.parametrize("line", ["a:b:1 3", f"a:b 3 {HASH}", f"a:b:1 x {HASH}", "a:b:1 3 abc", f"a:b:1 3 {HASH} x"])
def test_another_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Jar.parse(line)


def test_a_file_is_the_jar_only_whole_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "x.jar"
    path.write_bytes(b"jar")
    jar = Jar("g", "a", "1", 3, sha256_of(path))
    assert jar.is_at(path)
    path.write_bytes(b"jab")
    assert not jar.is_at(path)
    path.write_bytes(b"ja")
    assert not jar.is_at(path)
    path.unlink()
    assert not jar.is_at(path)


def test_the_jars_lie_in_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert jar_folder().is_relative_to(tmp_path)
    assert jar_folder().name == "kafka-4.2.0"
