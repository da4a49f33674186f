import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from services.common import log
from services.common.settings import load_settings


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_json_with_time_level_service_and_event(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ingest", load_settings(log_format="auto"))
    log.logger().info("article accepted", trace_id="abc", id="é\n1")
    (line,) = lines(capsys)
    assert str(line.pop("time")).endswith("Z")
    assert line == {"event": "article accepted", "level": "info", "service": "ingest", "trace_id": "abc", "id": "é\n1"}


def test_levels_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ingest", load_settings(log_format="json", log_level="WARNING"))
    log.logger().info("unheard")
    logging.getLogger("aiokafka").info("unheard")
    logging.getLogger("aiokafka").warning("broker %d is away", 1)
    (line,) = lines(capsys)
    assert (line["event"], line["logger"], line["service"]) == ("broker 1 is away", "aiokafka", "ingest")


def test_a_library_that_repeats_itself_is_heard_once_in_a_while(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ingest", load_settings(log_format="json"))
    for node in range(5):
        logging.getLogger("aiokafka").error("no connection to node %d", node)
        log.logger().warning("own lines always pass")
    events = [line["event"] for line in lines(capsys)]
    assert events.count("no connection to node 0") == 1
    assert events.count("own lines always pass") == 5
    assert len(events) == 6


def test_text_cannot_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ingest", load_settings(log_format="text"))
    log.logger().info("refused", id="\x1b]0;owned\x07\nfake line")
    shown = capsys.readouterr().err
    assert "]0;owned��fake line" in shown
    assert "\x1b" not in shown
    assert shown.count("\n") == 1


def test_an_exception_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("ingest", load_settings(log_format="json"))
    try:
        int("why")
    except ValueError:
        log.logger().exception("stopped")
    assert "ValueError: invalid literal" in str(lines(capsys)[0]["exception"])
