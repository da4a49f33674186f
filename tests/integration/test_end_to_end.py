"""The whole way as a person sees it: one command, third parties' clients, bad input, Ctrl-C, the next start."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka import SetupError, start_broker
from deploy.kafka.fetch import classpath
from deploy.kafka.java import find_java
from deploy.kafka.ports import free_ports
from tests.integration.uprun import ROOT, Up, eventually, fetch, panels
from tests.waiting import await_true

TEXT = "A suicide bomber killed twelve people in Maiduguri, Nigeria, on 3 March 2025, police said."

needs_kcat = pytest.mark.skipif(shutil.which("kcat") is None, reason="kcat is not installed")
needs_prometheus = pytest.mark.skipif(
    shutil.which("prometheus") is None or shutil.which("promtool") is None, reason="Prometheus is not installed"
)
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are counted in /proc, which is not here")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A folder for `tocsin up`, and what runs on it."""
    try:
        find_java()
        classpath()
    except SetupError as error:
        if os.environ.get("TOCSIN_REQUIRE_KAFKA") == "1":
            pytest.fail(f"no Kafka to test with: {error}")
        pytest.skip(f"no Kafka to test with: {error}")
    up = Up(tmp_path_factory.mktemp("up"))
    yield up
    up.kill()


@pytest.fixture
def up(own: Up) -> Up:
    """A run that is ready."""
    own.ensure()
    return own


def test_the_seeds_become_alerts_on_the_terminal(up: Up) -> None:
    headlines = up.headlines()
    assert any("Pakistan" in headline for headline in headlines), up.output
    for told in ("Page", "Metrics", "Logs", "-t articles -P", "curl http", "-t event-alerts -C", "tocsin watch"):
        assert told in up.output
    status, kind, page = fetch(up.url("sink") + "/")
    assert (status, kind.split(";")[0]) == (200, "text/html")
    assert "Pakistan" in page


@needs_kcat
def test_a_bare_article_of_kcat_becomes_an_alert_for_kcat_and_watch(up: Up) -> None:
    up.produce("from-kcat", json.dumps({"text": TEXT, "published_at": "2025-03-04"}).encode())
    alert = up.until_alert("from-kcat")
    assert "Maiduguri" in alert["headline"]
    assert alert["event"]["casualties"]["killed"]["best"] == 12
    eventually(lambda: any("Maiduguri" in headline for headline in up.headlines()), lambda: up.output)
    command = [sys.executable, "-m", "services", "watch", "--from", "beginning", "--json", "--bootstrap", up.bootstrap]
    with subprocess.Popen(command, cwd=ROOT, env=up.environment(), stdout=subprocess.PIPE) as watch:
        assert watch.stdout is not None
        seen = next(line for line in watch.stdout if json.loads(line)["id"] == alert["id"])
        watch.send_signal(signal.SIGINT)
        watch.stdout.read()
    assert json.loads(seen) == alert
    assert watch.returncode == 0


@needs_kcat
def test_the_line_that_is_shown_to_people_works_as_it_is(up: Up) -> None:
    (line,) = [line.strip() for line in up.output.splitlines() if "-t articles -P" in line]
    subprocess.run(["sh", "-c", line], check=True, capture_output=True)
    assert up.until_alert("my-first-article")["message_type"] == "alert"


@needs_prometheus
def test_prometheus_scrapes_every_service_and_finds_no_fault(up: Up, tmp_path: Path) -> None:
    targets = {name: up.url(name).removeprefix("http://") for name in ("ingest", "extractor", "sink")}
    for name in targets:
        status, _, metrics = fetch(up.url(name) + "/metrics")
        assert status == 200
        check = subprocess.run(
            ["promtool", "check", "metrics"], input=metrics, capture_output=True, text=True, check=False
        )
        assert (check.returncode, check.stdout + check.stderr) == (0, ""), name
    scrape = [
        {"job_name": name, "scrape_interval": "1s", "static_configs": [{"targets": [at]}]}
        for name, at in targets.items()
    ]
    (tmp_path / "prometheus.yml").write_text(json.dumps({"scrape_configs": scrape}))  # JSON is YAML
    (port,) = free_ports(1)
    command = ["prometheus", f"--config.file={tmp_path}/prometheus.yml", f"--storage.tsdb.path={tmp_path}/tsdb"]
    with (tmp_path / "log").open("wb") as log:
        prometheus = subprocess.Popen([*command, f"--web.listen-address=127.0.0.1:{port}"], stderr=log)
    try:
        eventually(lambda: _up_targets(port) == set(targets), (tmp_path / "log").read_text)
    finally:
        prometheus.terminate()
        prometheus.wait()


def _up_targets(port: int) -> set[str]:
    try:
        _, _, body = fetch(f"http://127.0.0.1:{port}/api/v1/targets")
        return {t["labels"]["job"] for t in json.loads(body)["data"]["activeTargets"] if t["health"] == "up"}
    except (OSError, ValueError):
        return set()  # it starts


LONG = json.dumps({"text": "a" * 200_001}).encode()
BAD = {
    "not-json": (b"not json", "not_json"),
    "wrong-type": (b'{"text": 5}', "schema"),
    "blank": (b'{"text": "  "}', "blank_text"),
    "long": (LONG, "text_too_long"),
    "nul": (b'{"text": "a\\u0000b"}', "nul_character"),
    "surrogate": (b'{"text": "a\\ud800b"}', ""),
    "future": (b'{"text": "a", "published_at": "2999-01-01"}', "published_in_future"),
    "tombstone": (b"", "tombstone"),
}


@needs_kcat
def test_bad_records_go_to_the_dead_letters_with_a_reason_and_the_next_is_processed(up: Up) -> None:
    for key, (value, _) in BAD.items():
        up.produce(key, value, "-p", "0", "-H", "ce_id=kept")
    good = {"text": "Shelling killed four people in Izium, Ukraine, police said.", "colour": "red"}
    up.produce("after-bad", json.dumps(good).encode(), "-p", "0")
    up.until_alert("after-bad")
    listed = up.tocsin("dlq", "list", "--topic", "articles.dlq").stdout
    rows = {line.split("\t")[-1]: line for line in listed.splitlines()[1:]}
    for key, (_, reason) in BAD.items():
        assert reason in rows[key], listed
    log = (up.data / "logs" / "extractor.log").read_text()
    assert "colour" in log


@needs_kcat
def test_a_replayed_letter_keeps_key_and_headers_and_counts_its_attempts(up: Up) -> None:
    up.produce("again", b'{"text": "\x1b[31m"', "-H", "ce_id=kept", "-H", "traceparent=x")
    assert await_true(lambda: "again" in up.tocsin("dlq", "list").stdout)
    offset = next(
        line.split("\t")[2] for line in up.tocsin("dlq", "list").stdout.splitlines() if line.endswith("again")
    )
    shown = up.tocsin("dlq", "show", offset).stdout
    assert "\\x1b[31m" in shown
    assert "error.type: not_json" in shown
    sent = up.tocsin("dlq", "replay", "--offset", offset)
    assert (sent.returncode, "1 sent again" in sent.stdout) == (0, True), sent
    records = _records(up, "articles", "again")
    assert [headers for _, headers in records] == [
        "ce_id=kept,traceparent=x",
        "ce_id=kept,traceparent=x,tocsin_attempts=1",
    ]
    assert len({value for value, _ in records}) == 1


@needs_kcat
def test_replay_of_all_sends_each_letter_once(up: Up) -> None:
    up.produce("all", b"no events", topic="conflict-events")
    for letters in (1, 2):  # what is sent again is refused again, and is a new letter
        assert await_true(lambda letters=letters: len(up.consume("conflict-events.dlq")) == letters)
        sent = up.tocsin("dlq", "replay", "--all", "--topic", "conflict-events.dlq")
        assert sent.stdout.splitlines()[-1] == "1 sent again, 0 not", sent
    headers = [headers for _, headers in _records(up, "conflict-events", "all")]
    assert headers == ["", "tocsin_attempts=1", "tocsin_attempts=2"]


def _records(up: Up, topic: str, key: str) -> list[tuple[str, str]]:
    form = "%k\t%s\t%h\n"
    command = ["kcat", "-b", up.bootstrap, "-t", topic, "-C", "-e", "-q", "-o", "beginning", "-f", form]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(value, headers) for k, value, headers in (line.split("\t") for line in told.splitlines()) if k == key]


def test_bad_requests_get_a_problem_document(up: Up) -> None:
    url = up.url("ingest") + "/v1/articles"
    for key, (value, _) in BAD.items():
        if key != "tombstone":
            status, kind, body = fetch(url, value)
            assert 400 <= status < 500, (key, body)
            assert kind.split(";")[0] == "application/problem+json"
            assert json.loads(body)["detail"]
    assert fetch(url, b'{"text": "' + b"a" * 1_000_001 + b'"}')[0] == 413


def test_ctrl_c_leaves_nothing_and_the_next_start_tells_no_old_alert_anew(up: Up) -> None:
    assert any("services serve extractor" in command for command in up.processes())
    assert up.stop(signal.SIGINT) == 0
    assert up.processes() == []
    before = sorted(up.headlines())
    up.start()
    stored, _, rest = up.output.partition("Apache Kafka: ")
    assert sorted(panels(stored)) == before
    assert panels(rest) == []
    if shutil.which("kcat"):
        told = [alert["id"] for alert in up.alerts()]
        assert len(told) == len(set(told)) == len(before)


def test_kill_9_leaves_no_process(up: Up) -> None:
    up.stop(signal.SIGKILL)
    eventually(lambda: up.processes() == [], lambda: str(up.processes()))


def test_ctrl_c_while_it_starts_leaves_no_process(own: Up, tmp_path: Path) -> None:
    other = Up(tmp_path)
    other.begin("--no-seeds")
    log = other.data / "logs" / "extractor.log"
    eventually(lambda: log.exists() or not other.running, lambda: other.output)
    assert (other.stop(signal.SIGINT), other.processes()) == (0, [])
    assert "Traceback" not in other.output


@pytest.mark.parametrize(("name", "what"), [("INGEST", "ingest"), ("SINK", "sink"), ("KAFKA", "Kafka")])
def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path, name: str, what: str) -> None:
    other = Up(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = subprocess.run(
            [sys.executable, "-m", "services", "up"],
            cwd=ROOT,
            env=other.environment(**{f"TOCSIN_{name}_PORT": str(port)}),
            capture_output=True,
            text=True,
            check=False,
        )
    assert told.returncode == 2
    assert told.stdout == ""
    (sentence,) = told.stderr.splitlines()
    assert f"port {port}, which {what} needs, is in use" in sentence
    assert f"TOCSIN_{name}_PORT" in sentence


def test_a_broker_that_is_there_is_used_and_a_service_that_dies_stops_everything(own: Up, tmp_path: Path) -> None:
    with start_broker() as broker:
        up = Up(tmp_path)
        try:
            up.start("--bootstrap", broker.bootstrap, "--no-seeds")
            assert up.bootstrap == broker.bootstrap
            assert not any("kafka.Kafka" in command for command in up.processes())
            os.kill(up.service("sink"), signal.SIGKILL)
            assert up.process is not None
            assert up.process.wait() == 1
            assert "sink stopped unexpectedly" in up.output
            assert "sink listens" in up.output.rpartition("last words")[2]
            assert up.processes() == []
        finally:
            up.kill()
