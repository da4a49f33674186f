"""The bench says which bound is broken, from its figures alone: nothing is timed here."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks import texts
from tests.benchmarks.__main__ import CONFLICT, GENERAL, bounds, lost
from tests.benchmarks.measure import Measured
from tests.benchmarks.recall import Marked, Recall, marks, recall

GOOD = {
    CONFLICT: Measured(articles=1, words=1000, sentences=50, passed=40, seconds=1.2, spacy=1.0),
    GENERAL: Measured(articles=1, words=1000, sentences=50, passed=1, seconds=0.1, spacy=0.0),
}


def test_bounds_that_hold_are_not_told() -> None:
    assert list(bounds(GOOD, 599)) == []


def test_each_broken_bound_is_told() -> None:
    slow = {CONFLICT: replace(GOOD[CONFLICT], seconds=1.31), GENERAL: replace(GOOD[GENERAL], seconds=0.3, passed=6)}
    told = list(bounds(slow, 601))
    assert len(told) == 4
    assert "1.31 times" in told[0]


def test_there_are_texts_of_our_own() -> None:
    assert len(texts.general()) > 10
    assert len(texts.short_conflict()) > 5 * len(texts.long_conflict()) > 100


def test_a_gate_that_keeps_out_too_much_is_told() -> None:
    assert list(lost({"good": Recall(1000, 995), "none": Recall(0, 0)})) == []
    assert len(list(lost({"bad": Recall(1000, 994)}))) == 1


def test_the_sentence_of_the_marked_word_must_pass() -> None:
    text = "It rained. Gunmen killed a judge in Herat."
    found = recall(iter([Marked(text, text.index("killed")), Marked(text, text.index("rained")), Marked(text, None)]))
    assert (found.events, found.passed) == (3, 2)


def test_rows_of_known_sets_tell_where_their_events_stand() -> None:
    text = "Rebels shelled Gao."
    verb, place = {"label": "VERB", "start": 7, "text": "shelled"}, {"label": "LOCATION", "start": 15, "text": "Gao"}
    said = {"label": "VERB", "start": 7, "text": "said"}
    assert list(marks({"text": text, "spans": [verb, place]})) == [Marked(text, 7)]
    assert list(marks({"text": text, "spans": [said, place]})) == []
    assert list(marks({"text": text, "spans": [verb]})) == []
    assert list(marks({"news": text, "is_relevant": True, "action": "['shelled', 'fled']"})) == [Marked(text, 7)]
    assert list(marks({"EventSnippet": text, "SubType": "ATTACK"})) == [Marked(text, None)]
    assert list(marks({"EventSnippet": text, "SubType": "DIPLO"})) == []
    assert list(marks({"sentence": text, "gold_root": "ASSAULT"})) == [Marked(text, None)]
    event = {"event_type": "Conflict.Attack.Unspecified", "trigger": {"sent_idx": 1}}
    other = {"event_type": "Contact.Meet", "trigger": {"sent_idx": 0}}
    row = {
        "text": f"It rained. {text}",
        "sentences": [[[], "It rained."], [[], text]],
        "event_mentions": [event, other],
    }
    assert list(marks(row)) == [Marked(text, None)]
    assert list(marks({"text": text})) == []
