"""`python -m deploy.kafka`, as `make kafka` runs it."""

import signal
import subprocess
import sys
from pathlib import Path

from deploy.kafka.probe import live_brokers
from tests.waiting import await_true

ROOT = Path(__file__).parents[4]


def test_it_prints_the_address_runs_until_ctrl_c_and_leaves_nothing_behind(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.kafka", "--data", str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    with process.stdout:
        host, port = process.stdout.readline().strip().split(":")
        assert live_brokers(host, int(port)) == 1
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
        assert process.stdout.read() == ""
    assert await_true(lambda: live_brokers(host, int(port)) == 0)
    assert (tmp_path / "node-1" / "data").is_dir()
