"""Prints what the coder found in an article for people to read."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas import ArticleEvents, ConflictEvent


def show(found: ArticleEvents) -> None:
    """A table of the article's events on standard output."""
    console = Console()
    if not found.events:
        console.print("No events.")
        return
    table = Table(show_lines=True)
    for column in ("#", "what", "when", "where", "who", "toll", "words"):
        table.add_column(column, overflow="fold")
    for event in found.events:
        table.add_row(*(Text(cell) for cell in _cells(event)))
    console.print(table)


def _cells(event: ConflictEvent) -> tuple[str, ...]:
    what = event.sub_event_type or (event.plover.event if event.plover else "?")
    if event.modality != "actual":
        what = f"{what} ({event.modality})"
    when = "" if event.date is None else str(event.date.start)
    if event.date is not None and event.date.end != event.date.start:
        when = f"{when} … {event.date.end}"
    place = event.place
    where = "" if place is None else ", ".join(dict.fromkeys(p for p in (place.name, place.admin1, place.country) if p))
    who = "\n".join(f"{actor.role}: {actor.name}" for actor in event.actors)
    toll = "\n".join(
        f"{kind}: {told.best if told.best is not None else f'{told.low}+'}"
        for kind, told in event.casualties
        if told is not None
    )
    words = next((e.text for e in event.evidence if e.field == "event_type"), "")
    return str(event.rank), what, when, where, who, toll, words
