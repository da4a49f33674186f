from __future__ import annotations

import io

from rich.console import Console

from schemas import Alert, Evidence, Sentence
from services.sink.alerts import next_alert
from services.sink.merging.report import ArticleReport, sentences_of
from services.sink.present import plain, render
from tests.messages import SENT, event, message


def shown(alert: Alert) -> str:
    console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system="truecolor")
    console.print(render(alert))
    told = console.file
    assert isinstance(told, io.StringIO)
    return told.getvalue()


def alert_of(text: str) -> Alert:
    article = message(title=text, sentences=[Sentence(in_="text", start=0, end=len(text), text=text)])
    told = event("a1", reported_by=text, evidence=[Evidence(field="place", in_="text", start=0, end=3, text=text[:3])])
    alert = next_alert("i1", [ArticleReport(article, told, sentences_of(told, article.sentences))], None, SENT)
    assert alert is not None
    return alert


def test_an_alert_is_shown_with_its_facts_and_its_sentence() -> None:
    told = shown(alert_of("Ost was raided."))
    for part in ("SEVERE", "at least 7 killed", "Raiders of the North", "15 January 2024", "was raided.", "The Paper"):
        assert part in told
    assert "\x1b[4mOst" in told


def test_control_characters_and_markup_do_nothing() -> None:
    told = shown(alert_of("Evil\x1b]0;owned\x07 \x1b[2J\u202e[bold]not bold[/bold] end"))
    assert "\x1b]0" not in told
    assert "\x1b[2J" not in told
    assert "\x07" not in told
    assert "\u202e" not in told
    assert "[bold]not bold[/bold]" in told


def test_plain_keeps_words_apart() -> None:
    assert plain("a\nb\t\x1bc\u200b d") == "a b c d"
