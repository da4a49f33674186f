"""An alert as people read it on a terminal."""

from __future__ import annotations

import unicodedata

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from schemas import Alert, Report
from services.sink import wording
from services.sink.page.marks import marked

_COLOURS = {"extreme": "bold white on red", "severe": "bold red", "moderate": "yellow", "minor": "cyan"}
_SENTENCES = 3
"""How many sentences of a report are shown."""
_LONGEST = 400
"""Characters of a sentence that are shown."""


def render(alert: Alert) -> RenderableType:
    """A panel with the headline, the facts and the sentences behind them, evidence underlined.

    The text is of strangers: control characters are taken out, and no markup is read from it.
    """
    colour = _COLOURS.get(alert.severity, "white")
    title = Text.assemble((f" {plain(alert.severity).upper()} ", colour), (f" {_kind(alert)} ", "dim"))
    parts: list[RenderableType] = [Text(plain(alert.headline), style="bold"), _facts(alert)]
    parts += [_report(report) for report in alert.reports]
    return Panel(Group(*parts), title=title, title_align="left", border_style=colour.split(" on ")[0], expand=True)


def plain(text: str) -> str:
    """`text` on one line, without what `visible` takes out."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """`text` without control, format and other invisible characters that could steer a terminal; spaces stay."""
    spaced = (" " if char.isspace() else char for char in text)
    return "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))


def _kind(alert: Alert) -> str:
    if alert.status != "actual":
        return plain(f"{alert.message_type}, {alert.status}")
    return plain(alert.message_type)


def _facts(alert: Alert) -> Table:
    event = alert.event
    rows = {
        "who": wording.names(event, "perpetrator") or wording.names(event, "participant"),
        "whom": wording.names(event, "target"),
        "where": wording.place(event.place) if event.place else "",
        "when": wording.date(event.date) if event.date else "not told",
        "toll": wording.toll_sentence(event),
        "weapons": ", ".join(event.weapons),
        "certainty": f"{alert.certainty}, {alert.independent_sources} source(s), confidence {event.confidence:.2f}",
        "sources differ": wording.differ(alert.disagreements),
        "changed": "; ".join(f"{c.field}: {c.before or 'unknown'} -> {c.after or 'unknown'}" for c in alert.changes),
        "sent": f"{alert.sent:%Y-%m-%d %H:%M:%S %Z}",
    }
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(plain(value)))
    return table


def _report(report: Report) -> RenderableType:
    quoted = any(sentence.in_ == "title" for sentence in report.sentences)
    told = [name for name in (report.source, None if quoted else report.title, report.url) if name]
    lines = [Text(plain(" | ".join(told) or report.article_id), style="dim")]
    for sentence in report.sentences[:_SENTENCES]:
        line = Text()
        for piece, is_evidence in marked(sentence, report.evidence):
            line.append(visible(piece), style="underline" if is_evidence else "")
        line.truncate(_LONGEST, overflow="ellipsis")
        lines.append(line)
    return Padding(Group(*lines), (1, 0, 0, 0))
