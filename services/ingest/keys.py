"""Who may send articles by HTTP: a file of hashed keys, read again when it changes.

A key is 256 random bits, so its plain SHA-256 cannot be guessed back and needs neither salt nor a slow hash.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import math
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from services.common.errors import Fatal

PREFIX = "tcs_"
"""What every key begins with, so that scanners for lost secrets find it."""
MAX_KEYS = 10_000
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Key:
    """A line of the file: `NAME HASH [RATE]`."""

    name: str
    hash: str
    rate: float | None = None
    """Articles a second that it may send; the setting's where none is given."""

    def line(self) -> str:
        """The line."""
        return f"{self.name} {self.hash}{'' if self.rate is None else f' {self.rate:g}'}"


def new_key() -> str:
    """A key that nobody has."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def checked_name(name: str) -> str:
    """The name of a key. Raises Fatal for one that a line cannot hold."""
    if not _NAME.fullmatch(name):
        raise Fatal("a key's name has 1 to 64 letters, digits, dots, hyphens or underscores")
    return name


def read_keys(path: Path) -> list[Key]:
    """The keys of a file. Raises Fatal, naming the line but never what it holds, for one that cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        told = wrong.strerror if isinstance(wrong, OSError) else "it is not UTF-8"
        raise Fatal(f"the keys in {path} cannot be read: {told}") from None
    found = [_read(line, f"{path}, line {n}") for n, line in enumerate(text.splitlines(), 1) if _holds_a_key(line)]
    if len(found) > MAX_KEYS:
        raise Fatal(f"{path} holds {len(found):,} keys: {MAX_KEYS:,} are the most")
    if len({key.name for key in found}) < len(found):
        raise Fatal(f"{path} has two keys of one name")
    return found


def write_keys(path: Path, text: str) -> None:
    """Make the file read `text`, in one step, readable by its owner alone. Raises Fatal where that is not possible."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600, exist_ok=False)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as wrong:
        raise Fatal(f"the keys in {path} cannot be written: {wrong.strerror}") from wrong
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


class Keyring:
    """The keys of a file, as it is now. Raises Fatal at the start for a file that cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._state()
        self._keys = read_keys(path)

    def holder(self, key: str) -> Key | None:
        """Whose key it is; None for one that is not in the file. Raises Fatal while the file cannot be used.

        Takes as long for a wrong key as for a right one: each is compared with all, in constant time.
        """
        now = self._state()
        if now != self._seen:
            self._keys = read_keys(self._path)
            self._seen = now
        given = hashed(key).encode()
        found = None
        for one in self._keys:
            if hmac.compare_digest(one.hash.encode(), given):
                found = one
        return found

    def _state(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _holds_a_key(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _read(line: str, where: str) -> Key:
    name, _, rest = line.strip().partition(" ")
    digest, _, told = rest.strip().partition(" ")
    if not _NAME.fullmatch(name) or not _HASH.fullmatch(digest):
        raise Fatal(f"{where} is no key: `tocsin key add` writes such lines")
    return Key(name, digest, _rate(told.strip(), where) if told.strip() else None)


def _rate(told: str, where: str) -> float:
    try:
        rate = float(told)
    except ValueError:
        rate = math.nan
    if not 0 < rate <= 1e6:
        raise Fatal(f"{where}: the rate must be a number of articles a second above 0")
    return rate
