"""The folder of a broker or a cluster: its cluster id, the number of its nodes, and who uses it now.

FOLDER/cluster.json     cluster id and number of nodes, written once
FOLDER/lock             held (flock) by the starter and by every process that it started for this folder
FOLDER/node-1/data      what Kafka stores; node-1/logs what it tells; one such folder a node
"""

import base64
import fcntl
import json
import os
import shutil
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka.errors import BrokerError

NEEDED = 500 * 1_000_000  # bytes a node: the first segments of its own topics, its log, and some messages
WAIT = 15.0  # seconds that a former owner's broker may take to end
_TICK = 0.05


@dataclass(slots=True)
class DataDir:
    """An opened folder. `lock` is the open file that says so; give it back with `close`."""

    path: Path
    temporary: bool
    cluster_id: str
    lock: int

    def node(self, index: int) -> Path:
        """The folder of node `index` (from 0)."""
        return self.path / f"node-{index + 1}"

    def close(self) -> None:
        """Gives the folder back, and removes it if it was made for this run only."""
        os.close(self.lock)
        if self.temporary:
            shutil.rmtree(self.path, ignore_errors=True)


def open_data_dir(path: Path | None, nodes: int) -> DataDir:
    """Opens (and makes) the folder for `nodes` nodes; None is one that is removed in the end.

    Blocks up to WAIT seconds while another broker uses it. Raises BrokerError when it goes on to, when there is no
    room or no leave to write, and when the folder is of a cluster of another size.
    """
    temporary = path is None
    try:
        folder = Path(tempfile.mkdtemp(prefix="tocsin-kafka-")) if path is None else path.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        _look_for_room(folder, nodes)
        lock = _lock(folder)
    except OSError as error:
        where = path or tempfile.gettempdir()
        raise BrokerError(f"{where} cannot hold Kafka's data ({error.strerror}): choose another folder.") from error
    try:
        return DataDir(folder, temporary, _cluster_id(folder, nodes), lock)
    except BaseException:
        os.close(lock)
        raise


def _look_for_room(folder: Path, nodes: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED * nodes:
        raise BrokerError(
            f"Only {free / 1e6:.0f} MB are free for Kafka's data in {folder}: "
            f"make room for {NEEDED * nodes / 1e6:.0f} MB, or choose another folder."
        )


def _lock(folder: Path) -> int:
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + WAIT
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(lock)
                raise BrokerError(f"Another broker uses {folder}: stop it, or choose another folder.") from None
            time.sleep(_TICK)
        else:
            return lock


def _cluster_id(folder: Path, nodes: int) -> str:
    file = folder / "cluster.json"
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = {"cluster_id": _new_id(), "nodes": nodes}
        part = file.with_suffix(".part")
        part.write_text(json.dumps(known), encoding="utf-8")
        part.replace(file)
    except ValueError as error:
        raise BrokerError(f"{file} is damaged: choose another folder, or remove {folder} and its data.") from error
    if known["nodes"] != nodes:
        raise BrokerError(f"{folder} belongs to a Kafka of {known['nodes']} nodes, not {nodes}: choose another folder.")
    return str(known["cluster_id"])


def _new_id() -> str:
    """A cluster id as Kafka makes them: 16 random bytes in URL-safe Base64, without the padding."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass  # a leading dash would be read as an option
    return text
