"""Runs the extractor as a process on topics of its own, feeds it, and reads what it made of it."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from tests.waiting import await_true

ROOT = Path(__file__).parents[3]
CODERS = "tests.integration.extractor.coders"
PARTITIONS = 2


@dataclass(frozen=True)
class Sent:
    """A record as a test sends it; `text` stands for a whole article with `key` as its id."""

    key: str | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()


def article(key: str, text: str = "Nothing happened.", **fields: Any) -> Sent:
    return Sent(key, json.dumps({"text": text} | fields).encode())


class Running:
    """One process of the extractor."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self._log = log

    def lines(self) -> list[dict[str, Any]]:
        """What it has said; a line that is still being written (it has no end yet) counts from the next look on."""
        whole = self._log.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines() if line.startswith("{")]

    def said(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines() if line["event"] == event]

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; 0 while nothing listens."""
        starts = self.said("extractor starts")
        if not starts:
            return 0, ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{starts[0]['port']}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except urllib.error.URLError:
            return 0, ""

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what must come to hold; fails with the log."""
        assert await_true(condition), self._log.read_text()

    def until_ready(self) -> None:
        self.until(lambda: self.get("/readyz")[0] == 200)

    def until_decided(self, count: int) -> None:
        self.until(lambda: len(self.said("article extracted") + self.said("article dead-lettered")) >= count)

    def extracted(self) -> set[str]:
        """The ids of the articles that came out; one that was coded twice counts once."""
        return {line["article_id"] for line in self.said("article extracted")}

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal, wait for the end, and give the exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)


class Line:
    """Topics of a test's own, and all that it does with them."""

    def __init__(self, bootstrap: str, articles: str, events: str, group: str, folder: Path) -> None:
        self.bootstrap = bootstrap
        self.articles = articles
        self.events = events
        self.group = group
        self._folder = folder
        self._runs = 0

    @contextmanager
    def extractor(self, coder: str = "obedient", **environment: str) -> Iterator[Running]:
        """The extractor, killed in the end if it still runs."""
        self._runs += 1
        log = self._folder / f"extractor-{self._runs}.log"
        given = {
            "TOCSIN_BOOTSTRAP": self.bootstrap,
            "TOCSIN_EXTRACTOR_PORT": "0",
            "TOCSIN_LOG_FORMAT": "json",
            "TOCSIN_EXTRACTOR_CODER": coder if ":" in coder else f"{CODERS}:{coder}",
            "TOCSIN_EXTRACTOR_SESSION_TIMEOUT": "6",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "tests.integration.extractor.serve", self.articles, self.events, self.group]
        variables = os.environ | given | environment
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command, cwd=ROOT, env=variables, stdout=sink, stderr=sink, start_new_session=True
            )
        try:
            yield Running(process, log)
        finally:
            process.kill()
            process.wait(30)

    async def produce(self, records: Iterable[Sent], partition: int | None = None) -> None:
        limit = 4 << 20
        async with AIOKafkaProducer(bootstrap_servers=self.bootstrap, acks="all", max_request_size=limit) as producer:
            answers = [
                await producer.send(
                    self.articles,
                    key=one.key and one.key.encode(),
                    value=one.value,
                    headers=list(one.headers),
                    partition=partition,
                )
                for one in records
            ]
            for answer in answers:
                await answer

    async def read(self, topic: str) -> list[Any]:
        """All records of a topic up to its end, in the order of each partition."""
        async with AIOKafkaConsumer(bootstrap_servers=self.bootstrap, auto_offset_reset="earliest") as consumer:
            held = [TopicPartition(topic, number) for number in sorted(await self._partitions(consumer, topic))]
            consumer.assign(held)
            ends = await consumer.end_offsets(held)
            records = []
            for one in held:
                while await consumer.position(one) < ends[one]:
                    found = await consumer.getmany(one, timeout_ms=1000)
                    records += [record for many in found.values() for record in many]
            return records

    async def _partitions(self, consumer: Any, topic: str) -> set[int]:
        await consumer._client.force_metadata_update()
        return set(consumer.partitions_for_topic(topic) or ())

    async def committed(self) -> dict[int, int]:
        """The group's offset in each partition."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        await admin.start()
        try:
            offsets = await admin.list_consumer_group_offsets(self.group)
        finally:
            await admin.close()
        return {tp.partition: found.offset for tp, found in offsets.items() if tp.topic == self.articles}


async def make_line(bootstrap: str, topic: Callable[[str], str], folder: Path) -> Line:
    """Topics of a test's own on a broker."""
    articles, events = topic("articles"), topic("conflict-events")
    large = {"max.message.bytes": "4000000"}
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        made = await admin.create_topics(
            [
                NewTopic(articles, PARTITIONS, 1, topic_configs=large),
                NewTopic(f"{articles}.dlq", 1, 1, topic_configs={"max.message.bytes": "2097152"}),
                NewTopic(events, PARTITIONS, 1),
            ]
        )
    finally:
        await admin.close()
    assert [error for _, error, *_ in made.topic_errors] == [0, 0, 0], made
    return Line(bootstrap, articles, events, topic("extractor"), folder)
