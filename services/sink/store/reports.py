"""Reports in the store: which ones could be of one incident, and which ones hang together by likeness."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from schemas import ArticleEvents, ConflictEvent, Sentence
from services.sink.merging.knowledge import knowledge
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature
from services.sink.store.models import ArticleRow, LinkRow, ReportRow

_SENTENCES = TypeAdapter(list[Sentence])
_PART = 500
"""Numbers in one query: databases bound how many a statement may have."""
_LONGEST = 366
"""Days that the date of an event spans at most: a year."""


@dataclass(frozen=True)
class Stored:
    """A report with its number in the store and the incident that it is of."""

    number: int
    incident_id: str | None
    report: ArticleReport


def put(session: Session, report: ArticleReport, signature: Signature) -> int:
    """Keep a report, of no incident yet; its article must be there. Gives its number."""
    row = ReportRow(
        article_id=report.article.article_id,
        event_id=report.event.id,
        incident_id=None,
        rank=report.event.rank,
        main=report.main,
        country=signature.where.country if signature.where else None,
        first_day=signature.first,
        last_day=signature.last,
        seen_day=signature.seen,
        event=report.event.model_dump_json(),
        sentences=_SENTENCES.dump_json(list(report.sentences), by_alias=True).decode(),
    )
    session.add(row)
    session.flush()
    return row.number


def remove(session: Session, article_id: str) -> None:
    """Forget what an article told of, and whom its reports were like."""
    session.execute(sa.delete(ReportRow).where(ReportRow.article_id == article_id))


def of_article(session: Session, article_id: str) -> list[Stored]:
    """What the article's current message tells of, by rank."""
    return _load(session, ReportRow.article_id == article_id)


def of_incidents(session: Session, incidents: Collection[str]) -> list[Stored]:
    """All reports of incidents."""
    return _load(session, ReportRow.incident_id.in_(incidents)) if incidents else []


def everything(session: Session) -> list[Stored]:
    """All reports that there are: for exports and checks, not for work that a message causes."""
    return _load(session, sa.true())


def by_number(session: Session, numbers: Collection[int]) -> list[Stored]:
    """Reports by their numbers."""
    wanted = sorted(numbers)
    parts = (wanted[n : n + _PART] for n in range(0, len(wanted), _PART))
    return [stored for part in parts for stored in _load(session, ReportRow.number.in_(part))]


def candidates(session: Session, signature: Signature, but: int) -> list[int]:
    """Numbers of the reports, but for `but`, that a likeness with `signature` is not ruled out for by day or country.

    Looked up by the index of country and day; a report without a country may be of any.
    """
    most = knowledge().days.most
    country = signature.where.country if signature.where else None
    query = sa.select(ReportRow.number).where(
        ReportRow.last_day.between(signature.first - most, signature.last + most + _LONGEST),
        ReportRow.first_day <= signature.last + most,
        ReportRow.number != but,
    )
    if country is None:
        return sorted(session.scalars(query))
    here = session.scalars(query.where(ReportRow.country == country)).all()
    return sorted([*here, *session.scalars(query.where(ReportRow.country.is_(None)))])


def link(session: Session, number: int, others: Iterable[int]) -> None:
    """Keep that a report is like others."""
    pairs = [{"low": min(number, other), "high": max(number, other)} for other in others]
    if pairs:
        session.execute(sa.insert(LinkRow), pairs)


def component(session: Session, numbers: Iterable[int]) -> set[int]:
    """All reports that hang together with `numbers` by likeness, themselves included."""
    found: set[int] = set()
    border = set(numbers)
    while border:
        found |= border
        pairs = session.execute(
            sa.select(LinkRow.low, LinkRow.high).where(sa.or_(LinkRow.low.in_(border), LinkRow.high.in_(border)))
        )
        border = {number for pair in pairs for number in pair} - found
    return found


def assign(session: Session, numbers: Sequence[int], incident_id: str) -> None:
    """Let reports be of an incident, which must be there."""
    session.execute(sa.update(ReportRow).where(ReportRow.number.in_(numbers)).values(incident_id=incident_id))


def _load(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Stored]:
    rows = session.execute(
        sa.select(ReportRow, ArticleRow.about)
        .join(ArticleRow, ArticleRow.article_id == ReportRow.article_id)
        .where(*conditions)
        .order_by(ReportRow.article_id, ReportRow.rank, ReportRow.number)
    )
    return [Stored(row.number, row.incident_id, _report(row, about)) for row, about in rows]


def _report(row: ReportRow, about: str) -> ArticleReport:
    return ArticleReport(
        ArticleEvents.read(about.encode()),
        ConflictEvent.read(row.event.encode()),
        tuple(_SENTENCES.validate_json(row.sentences)),
        row.main,
    )
