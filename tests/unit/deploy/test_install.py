import io
from pathlib import Path

import pytest

from deploy import install

LOG = Path(".venv/setup.log")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*install.LOCKS.values(), "pyproject.toml"):
        (tmp_path / name).write_text("a==1 \\\n    --hash=sha256:0\nb==2 \\\n", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(install, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def pip_calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr(install, "ensure_venv", lambda root: root / ".venv" / "bin" / "python")
    monkeypatch.setattr(install, "pip", lambda _python, arguments, _progress: calls.append(arguments))
    return calls


def test_the_lock_is_installed_by_hash_and_then_the_clone(clone: Path, pip_calls: list[list[str]]) -> None:
    install.install("run")
    assert pip_calls[0] == ["--no-deps", "--require-hashes", "-r", str(clone / "requirements.lock")]
    assert {"--no-deps", "--no-build-isolation", "--editable"} <= set(pip_calls[1])


def test_nothing_is_installed_again_until_the_lock_or_the_project_changes(
    clone: Path, pip_calls: list[list[str]]
) -> None:
    install.install("run")
    install.install("run")
    assert len(pip_calls) == 2
    for name in ("requirements.lock", "pyproject.toml"):
        (clone / name).write_text("c==3 \\\n", encoding="utf-8")
        install.install("run")
    assert len(pip_calls) == 6


def test_the_dev_set_up_covers_the_other(clone: Path, pip_calls: list[list[str]]) -> None:
    install.install("dev")
    install.install("run")
    assert len(pip_calls) == 2


def test_a_failed_set_up_is_tried_again(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise install.SetupError("The disk is full.")

    monkeypatch.setattr(install, "ensure_venv", lambda root: root)
    monkeypatch.setattr(install, "pip", fail)
    with pytest.raises(install.SetupError):
        install.install("run")
    assert not install.stamp(clone, "run").exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "The disk is full"),
        (
            "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)",
            "cannot be reached: check the network",
        ),
        (
            "ReadTimeoutError: Read timed out.\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE",
            "not the one that the lock names",
        ),
        ("WARNING: Retrying after connection broken by 'NewConnectionError(...)'", "cannot be reached"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "cannot be written to (see .venv/setup.log)"),
        ("noise\nERROR: a==1 needs a compiler\n", "a==1 needs a compiler (the whole story is in .venv/setup.log)"),
        ("", "pip failed (the whole story is in .venv/setup.log)"),
    ],
)
def test_a_failure_is_told_in_a_sentence(output: str, said: str) -> None:
    told = install.explain(output, LOG)
    assert said in told
    assert "\n" not in told


def fake_python(folder: Path, script: str) -> Path:
    python = folder / "python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)
    return python


def test_a_python_without_venv_is_told_how_to_get_it(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = fake_python(clone, "echo 'the ensurepip module is not available'; exit 1")
    monkeypatch.setattr(install.sys, "executable", str(bare))
    with pytest.raises(install.SetupError, match="apt install python3-venv"):
        install.ensure_venv(clone)


def test_pip_s_failure_is_told_and_its_words_are_kept(clone: Path) -> None:
    python = fake_python(clone / ".venv", "echo 'Collecting a==1'; echo 'ERROR: a==1 needs a compiler'; exit 1")
    (clone / ".venv" / "bin").mkdir()
    python = python.rename(clone / ".venv" / "bin" / "python")
    out = io.StringIO()
    with pytest.raises(install.SetupError, match="needs a compiler"):
        install.pip(python, [], install.Progress(2, out))
    assert out.getvalue() == "  [1/2] a==1\n"
    assert "needs a compiler" in (clone / ".venv" / "setup.log").read_text(encoding="utf-8")


def test_progress_counts_in_one_line_on_a_terminal() -> None:
    terminal = Terminal()
    progress = install.Progress(2, terminal)
    progress.read("Collecting a==1 (from -r requirements.lock (line 1))")
    progress.read("  Downloading a.whl")
    progress.read("Requirement already satisfied: b==2 in .venv")
    progress.close()
    assert terminal.getvalue() == "\r\033[K  [1/2] a==1\r\033[K  [2/2] b==2\n"


@pytest.mark.parametrize("arguments", [[], ["all"], ["run", "dev"]])
def test_a_wrong_call_is_told_the_right_one(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install.sys, "argv", ["install.py", *arguments])
    assert install.main() == 2
    assert "usage" in capsys.readouterr().err


def test_a_missing_lock_is_one_sentence(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / "requirements.lock").unlink()
    monkeypatch.setattr(install.sys, "argv", ["install.py", "run"])
    assert install.main() == 1
    assert "requirements.lock" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(install.LOCKS.values()))
def test_a_lock_pins_by_hash_without_addresses_and_holds_what_builds_the_clone(name: str) -> None:
    lines = (Path(install.__file__).parent.parent / name).read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pinned
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert any(line.startswith("setuptools==") for line in pinned)
    assert not any("://" in line for line in lines)
