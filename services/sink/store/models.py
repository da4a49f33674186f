"""The store's tables. What the contract calls JSON is kept as the very text, so that an alert leaves byte for byte."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

# SQLite numbers rows by itself only in a column of the very type INTEGER.
Position = BigInteger().with_variant(Integer, "sqlite")
_WAITING = "published_at IS NULL AND refused IS NULL"
_DUE = "due_at IS NOT NULL"


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment in UTC, on databases without time zones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """To UTC; raises ValueError for a time without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without an offset cannot be stored")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """With UTC as its offset."""
        return value.replace(tzinfo=dt.UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all tables; named constraints let later migrations change them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: UtcTime}  # noqa: RUF012  SQLAlchemy's own way to say it


class StoreInfo(Base):
    """One row: who this store is, so that what a cluster remembers of another store is not taken for its own."""

    __tablename__ = "store_info"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    """uuid4, made when the store was."""
    found_by: Mapped[str | None] = mapped_column(Text)
    """The rule that report_cells was made by; null before it was made."""


class ConsumedOffset(Base):
    """How far a partition has been applied: written in the transaction that applied it."""

    __tablename__ = "consumed_offsets"

    cluster_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    topic: Mapped[str] = mapped_column(String(249), primary_key=True)
    partition: Mapped[int] = mapped_column(primary_key=True)
    next_offset: Mapped[int] = mapped_column(BigInteger)
    """The offset to go on from: one past the last that was applied."""


class ArticleRow(Base):
    """The current message of an article, also when it tells of no incident: what a late one is compared with."""

    __tablename__ = "articles"
    __table_args__ = (Index("ix_articles_story", "story", "article_time"),)

    article_id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
    coder_version: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    withdrawn: Mapped[bool]
    article_time: Mapped[dt.datetime] = mapped_column(index=True)
    about: Mapped[str] = mapped_column(Text)
    """The message as JSON without its events and sentences: title, source, fingerprint, coder…"""
    story: Mapped[int | None] = mapped_column(BigInteger)
    """What it shares with others that tell the same facts; null for one that is nobody's copy."""
    copy_of: Mapped[str | None] = mapped_column(Text)
    """The article that stands for it: its own reports are neither found by cells nor linked, and go with that one's."""


class IncidentRow(Base):
    """One incident: whatever reports it has now, and how far its alerts have got."""

    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_due", "due_at", sqlite_where=text(_DUE), postgresql_where=text(_DUE)),)

    incident_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    last_alert_id: Mapped[str] = mapped_column(String(36))
    """Its newest alert; a cancelled incident's is a `cancel`; empty for one that is not alerted."""
    last_sequence: Mapped[int]
    """The newest alert's; -1 for one that is not alerted."""
    last_type: Mapped[str | None] = mapped_column(String(16))
    """The newest alert's message type; null for one that is not alerted."""
    told_at: Mapped[dt.datetime | None]
    """When the newest alert was written."""
    newest_day: Mapped[int | None] = mapped_column(index=True)
    """The newest day, as an ordinal, of its events, its reports' arrival and its alerts: what its age goes by."""
    due_at: Mapped[dt.datetime | None]
    """When what has changed is to be told; null where nothing waits."""
    merged_into: Mapped[str | None] = mapped_column(String(36))
    """The incident that its reports went to when the two turned out to be one."""


class ReportRow(Base):
    """What the current message of an article says of one incident, and what it is found by. Days are ordinals."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("article_id", "event_id"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(Position, primary_key=True, autoincrement=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.article_id"))
    event_id: Mapped[str] = mapped_column(Text)
    incident_id: Mapped[str | None] = mapped_column(ForeignKey("incidents.incident_id"), index=True)
    """Null only within the transaction that groups it."""
    rank: Mapped[int]
    main: Mapped[bool]
    """Whether it is the article's lowest-ranked event that makes an incident."""
    country: Mapped[str | None] = mapped_column(String(3))
    first_day: Mapped[int]
    last_day: Mapped[int]
    seen_day: Mapped[int]
    """The day on which its article arrived."""
    event: Mapped[str] = mapped_column(Text)
    """The ConflictEvent as JSON."""
    sentences: Mapped[str] = mapped_column(Text)
    """JSON list of the sentences that its evidence stands in."""


class CellRow(Base):
    """The index that like reports are looked up by: what reports are found under, by their events' last days."""

    __tablename__ = "report_cells"
    __table_args__ = ({"sqlite_with_rowid": False},)

    cell: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    last_day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Position, primary_key=True, autoincrement=False, index=True)
    """The report's. No foreign key, whose check for each row would cost more than the row."""


class LinkRow(Base):
    """Two reports that are like enough to be of one incident: what must be grouped anew when one of them changes."""

    __tablename__ = "links"

    low: Mapped[int] = mapped_column(ForeignKey("reports.number", ondelete="CASCADE"), primary_key=True)
    high: Mapped[int] = mapped_column(ForeignKey("reports.number", ondelete="CASCADE"), primary_key=True, index=True)


class AlertRow(Base):
    """An alert as it was told, for good."""

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("incident_id", "sequence"),)

    position: Mapped[int] = mapped_column(Position, primary_key=True, autoincrement=True)
    """Order in which alerts were made; pages are cut by it."""
    alert_id: Mapped[str] = mapped_column(String(36), unique=True)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incidents.incident_id"))
    sequence: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    """The Alert as JSON, the bytes that are published."""


class OutboxRow(Base):
    """An alert on its way to `event-alerts`, in the order in which it must leave."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "position", sqlite_where=text(_WAITING), postgresql_where=text(_WAITING)),
        # AUTOINCREMENT never gives a number twice, also after retention removed rows: the cluster remembers positions.
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(Position, primary_key=True, autoincrement=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.alert_id"), unique=True)
    traceparent: Mapped[str] = mapped_column(String(64))
    article_time: Mapped[dt.datetime]
    """When the article that caused it arrived."""
    written_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime | None]
    """When the broker acknowledged it; null while it waits, and for one that was refused."""
    refused: Mapped[str | None] = mapped_column(Text)
    """The name of the error by which the brokers refused it for good; what stands behind it leaves without it."""
