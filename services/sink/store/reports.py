"""Reports in the store: which ones could be of one incident, and which ones hang together by likeness."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from schemas import ArticleEvents, ConflictEvent, Sentence
from services.sink.merging.cells import far_cells, reach
from services.sink.merging.knowledge import knowledge
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature
from services.sink.store.bulk import Row, among
from services.sink.store.locks import is_shared
from services.sink.store.models import ArticleRow, LinkRow, ReportRow

_SENTENCES = TypeAdapter(list[Sentence])
LONGEST = 366
"""Days that the date of an event spans at most: a year."""
MOST_IN_CELL = 50
"""Reports looked at for each cell and window, those of the newest days: a word that more share tells too little."""
SPAN = 7
"""An event of more days is found under each so many of them, so that a window need reach no further ahead."""
Window = tuple[int, int, int]
"""A cell, with the least and the greatest last day of the reports that are looked for in it."""


@dataclass(frozen=True)
class Stored:
    """A report with its number in the store and the incident that it is of."""

    number: int
    incident_id: str | None
    copy_of: str | None
    """The article that stands for its own."""
    report: ArticleReport


def row_of(number: int, incident_id: str, report: ArticleReport, signature: Signature) -> Row:
    """The row of a report."""
    return {
        "number": number,
        "article_id": report.article.article_id,
        "event_id": report.event.id,
        "incident_id": incident_id,
        "rank": report.event.rank,
        "main": report.main,
        "country": signature.where.country if signature.where else None,
        "first_day": signature.first,
        "last_day": signature.last,
        "seen_day": signature.seen,
        "event": report.event.model_dump_json(),
        "sentences": _SENTENCES.dump_json(list(report.sentences), by_alias=True).decode(),
    }


def cell_rows(number: int, signature: Signature, found_by: Iterable[int]) -> list[Row]:
    """The rows that a report is found by."""
    earliest = max(signature.first, signature.last - LONGEST)
    days = range(signature.last, earliest - 1, -SPAN)
    return [{"cell": cell, "last_day": day, "number": number} for cell in found_by for day in days]


def windows(one: Signature, found_by: Iterable[int]) -> dict[int, Window]:
    """By its cells, where to look for the reports that may be like one.

    Each has its own, whatever comes with it in a batch: it is their days that tell, not its company.
    """
    far, most, near = far_cells(one), reach(one), knowledge().days.most
    found = {}
    for cell in found_by:
        days = most if cell in far else near
        found[cell] = (cell, one.first - days, one.last + days + SPAN)
    return found


def in_windows(session: Session, wanted: Iterable[Window]) -> dict[Window, list[int]]:
    """The numbers of the reports in windows, from the newest last day on. Looked up by the index alone."""
    found: dict[Window, list[int]] = {}
    places = list(dict.fromkeys(wanted))
    if is_shared(session):
        cells, low, high = zip(*places, strict=True) if places else ((), (), ())
        given = {"cells": list(cells), "low": list(low), "high": list(high), "most": MOST_IN_CELL}
        for place, number in session.execute(IN_CELLS, given):
            found.setdefault(places[place - 1], []).append(number)
        return found
    cursor = session.connection().connection.cursor()
    for window in places:
        if numbers := cursor.execute(IN_CELL, (*window, MOST_IN_CELL)).fetchall():
            found[window] = [number for (number,) in numbers]
    cursor.close()
    return found


IN_CELL = (
    "SELECT number FROM report_cells WHERE cell = ? AND last_day BETWEEN ? AND ? "
    "ORDER BY last_day DESC, number DESC LIMIT ?"
)
"""SQLite's: so many small queries cost it less than one that it plans anew."""
IN_CELLS = sa.text(
    "SELECT wanted.place, found.number FROM "
    "unnest(CAST(:cells AS bigint[]), CAST(:low AS integer[]), CAST(:high AS integer[])) "
    "WITH ORDINALITY AS wanted (cell, low, high, place) "
    "CROSS JOIN LATERAL (SELECT number FROM report_cells c WHERE c.cell = wanted.cell "
    "AND c.last_day BETWEEN wanted.low AND wanted.high ORDER BY c.last_day DESC, c.number DESC LIMIT :most) AS found"
)
"""PostgreSQL's: all cells of a batch in one round trip."""


def of_article(session: Session, article_id: str) -> list[Stored]:
    """What the article's current message tells of, by rank."""
    return _load(session, ReportRow.article_id == article_id)


def of_articles(session: Session, articles: Collection[str]) -> dict[int, tuple[str, str | None]]:
    """The numbers of articles' reports, each with its article and its incident, by article and rank."""
    query = sa.select(ReportRow.number, ReportRow.article_id, ReportRow.incident_id)
    query = query.where(among(session, ReportRow.article_id, articles)) if articles else query.where(sa.false())
    rows = session.execute(query.order_by(ReportRow.article_id, ReportRow.rank, ReportRow.number))
    return {number: (article_id, incident_id) for number, article_id, incident_id in rows}


def numbers_of(session: Session, incidents: Collection[str]) -> list[int]:
    """The numbers of the reports of incidents."""
    query = sa.select(ReportRow.number).where(among(session, ReportRow.incident_id, incidents))
    return list(session.scalars(query)) if incidents else []


def events_of(session: Session, incident_id: str) -> set[str]:
    """The events that an incident's reports tell of."""
    return set(session.scalars(sa.select(ReportRow.event_id).where(ReportRow.incident_id == incident_id)))


def of_incidents(session: Session, incidents: Collection[str]) -> list[Stored]:
    """All reports of incidents."""
    return _load(session, ReportRow.incident_id.in_(incidents)) if incidents else []


def everything(session: Session) -> list[Stored]:
    """All reports that there are: for exports and checks, not for work that a message causes."""
    return _load(session, sa.true())


def by_number(session: Session, numbers: Collection[int]) -> list[Stored]:
    """Reports by their numbers."""
    return _load(session, among(session, ReportRow.number, numbers)) if numbers else []


Homes = dict[int, tuple[str | None, str | None]]
"""By its number the incident that a report is of, and the article that stands for its own."""


def connected(session: Session, numbers: Collection[int]) -> tuple[Homes, set[tuple[int, int]]]:
    """All reports that hang together with some by likeness or incident; and their links."""
    incidents: Homes = {}
    links: set[tuple[int, int]] = set()
    asked: set[str] = set()
    border = set(numbers)
    while border:
        found = _with_incidents(session, among(session, ReportRow.number, border))
        mates = {incident for incident, _ in found.values() if incident} - asked
        asked |= mates
        if mates:
            found |= _with_incidents(session, among(session, ReportRow.incident_id, mates))
        new = _links(session, found.keys() - incidents.keys())
        links |= new
        incidents |= found
        border = {number for pair in new for number in pair} - incidents.keys()
    return incidents, links


def reserve(session: Session, count: int) -> list[int]:
    """Numbers for so many new reports."""
    if not count:
        return []
    if is_shared(session):
        query = sa.text("SELECT nextval(pg_get_serial_sequence('reports', 'number')) FROM generate_series(1, :count)")
        return list(session.scalars(query, {"count": count}))
    more = sa.text("UPDATE sqlite_sequence SET seq = seq + :count WHERE name = 'reports' RETURNING seq")
    last = session.scalar(more, {"count": count})
    if last is None:
        last = count
        session.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('reports', :count)"), {"count": count})
    return list(range(last + 1 - count, last + 1))


def _with_incidents(session: Session, condition: sa.ColumnElement[bool]) -> Homes:
    query = sa.select(ReportRow.number, ReportRow.incident_id, ArticleRow.copy_of)
    rows = session.execute(query.join(ArticleRow, ArticleRow.article_id == ReportRow.article_id).where(condition))
    return {number: (incident_id, copy_of) for number, incident_id, copy_of in rows}


def _links(session: Session, numbers: Collection[int]) -> set[tuple[int, int]]:
    if not numbers:
        return set()
    query = sa.select(LinkRow.low, LinkRow.high)
    # Two look-ups by index; for an OR of the two the table would be read as a whole.
    pairs = session.execute(query.where(among(session, LinkRow.low, numbers))).all()
    pairs = [*pairs, *session.execute(query.where(among(session, LinkRow.high, numbers)))]
    return {(low, high) for low, high in pairs}


def _load(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Stored]:
    rows = session.execute(
        sa.select(
            ReportRow.number,
            ReportRow.incident_id,
            ReportRow.main,
            ReportRow.event,
            ReportRow.sentences,
            ArticleRow.about,
            ArticleRow.copy_of,
        )
        .join(ArticleRow, ArticleRow.article_id == ReportRow.article_id)
        .where(*conditions)
        .order_by(ReportRow.article_id, ReportRow.rank, ReportRow.number)
    )
    return [
        Stored(number, incident_id, copy_of, _report(main, event, sentences, about))
        for number, incident_id, main, event, sentences, about, copy_of in rows
    ]


def _report(main: bool, event: str, sentences: str, about: str) -> ArticleReport:  # noqa: FBT001  as the row has it
    return ArticleReport(
        ArticleEvents.read(about.encode()),
        ConflictEvent.read(event.encode()),
        tuple(_SENTENCES.validate_json(sentences)),
        main,
    )
