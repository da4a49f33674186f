import datetime as dt

import pytest
from pydantic import ValidationError

from schemas import Alert, Report, words
from schemas.event import EventFacts

NEEDED = {
    "id": "a",
    "incident_id": "i",
    "sequence": 0,
    "message_type": "alert",
    "sent": dt.datetime(2024, 1, 18, 12, tzinfo=dt.UTC),
    "severity": "severe",
    "urgency": "past",
    "certainty": "likely",
    "headline": "Air strike in Iran",
    "description": "Seven were killed.",
    "event": EventFacts(),
}


def test_an_alert_needs_its_facts_and_defaults_the_rest() -> None:
    alert = Alert.model_validate(NEEDED)
    assert (alert.status, alert.references, alert.reports, alert.rules, alert.changes) == ("actual", [], [], [], [])
    assert alert.independent_sources == 0
    assert Alert.read(alert.to_bytes()) == alert


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_an_alert_without_one_of_them_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=name):
        Alert.model_validate({key: value for key, value in NEEDED.items() if key != name})


@pytest.mark.parametrize(
    "wrong",
    [
        {"sequence": -1},
        {"message_type": "news"},
        {"severity": "Severe"},  # CAP's words stand in lower case
        {"urgency": "soon"},
        {"certainty": "sure"},
        {"independent_sources": -1},
        {"sent": dt.datetime(2024, 1, 18, 12)},  # noqa: DTZ001  what must be refused
        {"status": "draft"},
        {"event": None},
    ],
)
def test_words_types_and_bounds_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Alert.model_validate(NEEDED | wrong)


def test_cap_knows_all_our_words() -> None:
    assert set(words.SEVERITIES) == {"extreme", "severe", "moderate", "minor", "unknown"}
    assert set(words.URGENCIES) == {"immediate", "expected", "future", "past", "unknown"}
    assert set(words.CERTAINTIES) == {"observed", "likely", "possible", "unlikely", "unknown"}
    assert set(words.MESSAGE_TYPES) == {"alert", "update", "cancel"}


def test_a_report_names_its_article_and_event() -> None:
    assert Report(article_id="a", event_id="e").evidence == []
    with pytest.raises(ValidationError):
        Report.model_validate({"article_id": "a"})
