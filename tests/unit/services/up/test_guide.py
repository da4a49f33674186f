import json
from pathlib import Path

import pytest

from services.common.settings import Settings
from services.up.folder import Folder
from services.up.guide import EXAMPLE, address, guide


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8082"),
        ("0.0.0.0", "http://127.0.0.1:8082"),  # noqa: S104  a setting, nothing is bound
        ("::1", "http://[::1]:8082"),
        ("news.example", "http://news.example:8082"),
    ],
)
def test_a_service_is_found_from_this_machine(host: str, url: str) -> None:
    assert address(Settings(http_host=host), "sink") == url


def test_the_lines_can_be_copied(tmp_path: Path) -> None:
    told = guide(
        Settings(bootstrap="kafka:9093", ingest_port=1, extractor_port=2, sink_port=3),
        Folder(tmp_path, 0, after_crash=False),
    )
    for line in (
        "Page       http://127.0.0.1:3/",
        "http://127.0.0.1:1/metrics  http://127.0.0.1:2/metrics  http://127.0.0.1:3/metrics",
        "kcat -b kafka:9093 -t articles -P -k my-first-article",
        "curl http://127.0.0.1:1/v1/articles",
        "kcat -b kafka:9093 -t event-alerts -C -o end",
        "tocsin watch --bootstrap kafka:9093",
    ):
        assert line in told


def test_the_example_is_an_article_that_a_shell_can_quote() -> None:
    assert "'" not in EXAMPLE
    assert list(json.loads(EXAMPLE)) == ["text"]
