import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from services.common.errors import Fatal, Invalid, Rejected
from services.ingest.feeder import Summary, feed
from services.ingest.publisher import Receipt

Told = list[tuple[str, Receipt | Invalid]]


async def run(publisher: Any, paths: list[str]) -> tuple[Summary, Told]:
    told: Told = []
    summary = await feed(publisher, paths, lambda *one: told.append(one))
    return summary, told


def lines(path: Path, texts: list[str]) -> str:
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    return str(path)


async def test_paths_and_standard_input_are_read_in_the_order_given(
    fake_publisher: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"text": "b"}\nnope\n')))
    publisher = fake_publisher()
    summary, told = await run(publisher, [lines(tmp_path / "1.jsonl", ["a"]), "-", lines(tmp_path / "0.jsonl", ["c"])])
    assert publisher.taken == ["a", "b", "c"]
    assert summary == Summary(3, 1)
    assert [where for where, _ in told][1:3] == ["-:1", "-:2"]


async def test_brokers_that_are_away_end_it_after_what_was_done_is_told(fake_publisher: Any, tmp_path: Path) -> None:
    publisher = fake_publisher({"t20": Rejected("no broker answers")})
    told: Told = []
    path = lines(tmp_path / "x.jsonl", [f"t{number}" for number in range(1000)])
    with pytest.raises(Rejected, match="no broker answers"):
        await feed(publisher, [path], lambda *one: told.append(one))
    assert [outcome.offset for _, outcome in told if isinstance(outcome, Receipt)] == list(range(20))


async def test_an_article_that_the_topic_does_not_take_is_refused_and_the_rest_goes_on(
    fake_publisher: Any, tmp_path: Path
) -> None:
    publisher = fake_publisher({"long": Invalid("too_large", "Shorten it.")})
    summary, told = await run(publisher, [lines(tmp_path / "x.jsonl", ["a", "long", "b"])])
    assert summary == Summary(2, 1)
    assert [type(outcome) for _, outcome in told] == [Receipt, Invalid, Receipt]


async def test_a_path_that_is_missing_is_told(fake_publisher: Any, tmp_path: Path) -> None:
    with pytest.raises(Fatal, match="absent"):
        await run(fake_publisher(), [str(tmp_path / "absent")])
