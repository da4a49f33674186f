"""Keys are kept as hashes, compared in constant time, and count as soon as the file says so."""

import hashlib
import hmac
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.cli import main
from services.common.errors import Fatal
from services.ingest.keys import MAX_KEYS, PREFIX, Key, Keyring, hashed, new_key, read_keys, write_keys

HASH = hashed("tcs_a")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["key", *arguments])


def test_keys_are_long_random_and_told_by_their_beginning() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(key.startswith(PREFIX) and len(key) == len(PREFIX) + 43 for key in keys)


def test_a_key_is_made_shown_once_kept_as_a_hash_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys"
    made = run("add", "the-paper", "--rate", "2.5", "--file", str(path))
    assert made.exit_code == 0, made.output
    key = made.stdout.strip()
    text = path.read_text()
    assert key not in text
    assert text == f"the-paper {hashlib.sha256(key.encode()).hexdigest()} 2.5\n"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text(f"# ours\n\n{text}")
    assert run("add", "agency", "--file", str(path)).exit_code == 0
    assert run("list", "--file", str(path)).stdout == "the-paper  2.5 articles a second\nagency\n"
    assert Keyring(path).holder(key) == Key("the-paper", hashed(key), 2.5)
    assert run("remove", "the-paper", "--file", str(path)).exit_code == 0
    assert Keyring(path).holder(key) is None
    assert path.read_text().startswith("# ours\n\nagency ")


def test_the_file_may_be_named_by_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_INGEST_KEYS_FILE", str(tmp_path / "keys"))
    assert run("add", "a").exit_code == 0
    assert run("list").stdout == "a\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "a b"], "1 to 64 letters"),
        (["add", "there"], "already"),
        (["remove", "nobody"], "has no key of nobody"),
        (["add", "x", "--rate", "0"], "--rate"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    path = tmp_path / "keys"
    path.write_text(f"there {HASH}\n")
    result = run(*arguments, "--file", str(path))
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert path.read_text() == f"there {HASH}\n"


def test_without_a_file_it_says_how_to_name_one() -> None:
    assert "TOCSIN_INGEST_KEYS_FILE" in run("list").stderr


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a b",
        f"a {HASH.upper()}",
        f"a {HASH}0",
        f"a {HASH} 0",
        f"a {HASH} nan",
        f"a {HASH} -1",
        f"a {HASH} 1e7",
        f"a {HASH} x",
        f"a! {HASH}",
        f"a {HASH}\na {HASH}",
        "tcs_asecretwithoutaname",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_without_showing_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# keys\n{text}\n")
    with pytest.raises(Fatal) as refused:
        read_keys(path)
    assert HASH not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_there_are_only_so_many_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    lines = [f"k{number} {HASH}\n" for number in range(MAX_KEYS + 1)]
    path.write_text("".join(lines[:-1]))
    assert len(read_keys(path)) == MAX_KEYS
    path.write_text("".join(lines))
    with pytest.raises(Fatal, match="are the most"):
        read_keys(path)


def test_bytes_that_are_no_text_and_a_missing_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "keys").write_bytes(b"\xff")
    with pytest.raises(Fatal, match="not UTF-8"):
        Keyring(tmp_path / "keys")
    with pytest.raises(Fatal, match="cannot be read"):
        Keyring(tmp_path / "none")
    with pytest.raises(Fatal, match="cannot be written"):
        write_keys(tmp_path / "keys" / "keys", "")


def test_a_changed_file_counts_at_once_and_a_lost_one_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    write_keys(path, f"a {HASH}\n")
    ring = Keyring(path)
    assert ring.holder("tcs_a") is not None
    write_keys(path, f"b {hashed('tcs_b')}\n")
    assert ring.holder("tcs_a") is None
    assert ring.holder("tcs_b") is not None
    path.unlink()
    for _ in range(2):
        with pytest.raises(Fatal):
            ring.holder("tcs_b")
    write_keys(path, f"a {HASH}\n")
    assert ring.holder("tcs_a") is not None


def test_every_key_is_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys"
    path.write_text("".join(f"k{n} {hashed(f'tcs_{n}')}\n" for n in range(5)))
    ring = Keyring(path)
    compared: list[Any] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return one == other

    monkeypatch.setattr(hmac, "compare_digest", compare)
    for key in ("tcs_0", "tcs_4", "wrong", "\ud800"):
        compared.clear()
        ring.holder(key)
        assert len(compared) == 5
