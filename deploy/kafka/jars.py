"""Which jars Apache Kafka is made of (jars.lock) and where they lie on this machine."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

KAFKA_VERSION = "4.2.0"
LOCK = Path(__file__).with_name("jars.lock")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of jars.lock: Maven coordinates, size in bytes, SHA-256 in hexadecimal digits."""

    group: str
    artifact: str
    version: str
    size: int
    sha256: str

    @classmethod
    def parse(cls, line: str) -> "Jar":
        """Reads `group:artifact:version size sha256`. Raises ValueError for anything else."""
        coordinates, size, sha256 = line.split()
        group, artifact, version = coordinates.split(":")
        if len(sha256) != 64:
            raise ValueError(f"not a SHA-256: {sha256}")
        return cls(group, artifact, version, int(size), sha256)

    def __str__(self) -> str:
        return f"{self.group}:{self.artifact}:{self.version} {self.size} {self.sha256}"

    @property
    def filename(self) -> str:
        """The jar's name in the cache; artifact and version are unique in the lock (a test sees to it)."""
        return f"{self.artifact}-{self.version}.jar"

    def is_at(self, path: Path) -> bool:
        """Whether `path` is this jar, whole and unchanged. Reads the file if its size is right."""
        try:
            return path.stat().st_size == self.size and sha256_of(path) == self.sha256
        except OSError:  # missing, or not to be read: storing it anew says why
            return False


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_lock(path: Path = LOCK) -> list[Jar]:
    """Every jar that the lock names; lines that begin with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Jar.parse(line) for line in lines if line.strip() and not line.startswith("#")]


def jar_folder() -> Path:
    """Where the jars are kept: in the user's cache folder, shared by all clones."""
    return user_cache_path("tocsin") / f"kafka-{KAFKA_VERSION}"
