"""`tocsin incidents`: codes articles and merges what they tell, without Kafka, for archives and for measuring."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

import click

from schemas import ArticleEvents, EventFacts, ids
from schemas.alert import Disagreement
from services.extractor.extract import CODERS, Refused, code_messages
from services.sink import wording
from services.sink.merging import facts
from services.sink.merging import gather as merging
from services.sink.merging.report import ArticleReport, reports_of


@dataclass(frozen=True)
class Told:
    """A report of an incident."""

    article_id: str
    event_id: str
    main: bool
    """Whether it is the article's lowest-ranked event that makes an incident."""


@dataclass(frozen=True)
class Incident:
    """What several reports tell of one incident."""

    incident_id: str
    event: EventFacts
    independent_sources: int
    reports: list[Told]
    disagreements: list[Disagreement]


def gather(messages: Iterable[ArticleEvents]) -> list[Incident]:
    """The incidents that the current ones of `messages` tell of, by their first reports.

    Of several messages for an article the highest version and coder stands, of equals the last. Pure.
    """
    current: dict[str, ArticleEvents] = {}
    for message in messages:
        before = current.get(message.article_id)
        if before is None or message.order() >= before.order():
            current[message.article_id] = message
    reports = [report for message in current.values() for report in reports_of(message)]
    return [_incident(members) for members in merging.incidents(reports)]


def _incident(members: Sequence[ArticleReport]) -> Incident:
    merged = facts.merge(members)
    return Incident(
        incident_id=ids.incident_id(members[0].event.id),
        event=merged.event,
        independent_sources=merged.sources,
        reports=[Told(r.article.article_id, r.event.id, r.main) for r in members],
        disagreements=merged.disagreements,
    )


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"))
@click.option("--jsonl", is_flag=True, help="One JSON line an incident: {incident_id, event, reports, …}.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes.")
@click.option("--coder", type=click.Choice(list(CODERS)), default="rules", show_default=True, help="Who reads.")
def incidents(files: tuple[BinaryIO, ...], *, jsonl: bool, workers: int, coder: str) -> None:
    """Code articles and merge what they tell of one incident. Article lines in, a table or JSON lines out.

    Example: tocsin incidents archive.jsonl
    """
    lines = (line for source in files or (click.get_binary_stream("stdin"),) for line in source)
    messages = []
    for answer in code_messages(lines, workers, coder):
        if isinstance(answer, Refused):
            click.echo(f"no article: {answer.article_id or 'a line without an id'}: {answer.why}", err=True)
        else:
            messages.append(answer)
    for incident in gather(messages):
        click.echo(_json(incident) if jsonl else _row(incident))


def _json(incident: Incident) -> str:
    told = asdict(incident) | {
        "event": incident.event.model_dump(mode="json", by_alias=True),
        "disagreements": [d.model_dump(mode="json") for d in incident.disagreements],
    }
    return json.dumps(told, ensure_ascii=False)


def _row(incident: Incident) -> str:
    """A line for people: the day, what happened, and how many tell of it."""
    date = incident.event.date
    day = str(date.start) if date else "no date"
    told = f"{len(incident.reports)} report{'s' * (len(incident.reports) > 1)}"
    return f"{day:<12}{told:<12}{wording.headline(incident.event)}"
