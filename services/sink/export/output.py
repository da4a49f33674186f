"""A file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from services.common.errors import Fatal


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes the name `path` once the context is left without an error, and is gone otherwise.

    What stood under the name stays until then. Raises Fatal where the folder cannot be written to.
    """
    if path.is_dir():
        raise Fatal(f"{path} is a folder: name a file in it")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as wrong:
        raise Fatal(f"{path} cannot be written: {wrong.strerror or wrong}") from wrong
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
