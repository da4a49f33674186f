from services.common import settings
from services.common.dlq import MAX_LETTER
from services.common.topics import topics


def test_the_file_holds_the_five_topics_of_the_contract() -> None:
    assert {topic.name: topic.config["cleanup.policy"] for topic in topics()} == {
        settings.ARTICLES: "delete",
        settings.CONFLICT_EVENTS: "delete",
        settings.EVENT_ALERTS: "compact,delete",
        settings.ARTICLES_DLQ: "delete",
        settings.CONFLICT_EVENTS_DLQ: "delete",
    }


def test_days_of_retention() -> None:
    day = 24 * 60 * 60 * 1000
    days = {topic.name: int(topic.config["retention.ms"]) / day for topic in topics()}
    assert days.pop("articles") == 7
    assert set(days.values()) == {30}


def test_a_dead_letter_fits_its_topic() -> None:
    for topic in topics():
        if topic.name.endswith(".dlq"):
            assert int(topic.config["max.message.bytes"]) > MAX_LETTER


def test_few_brokers_make_few_replicas() -> None:
    topic = topics()[0]
    assert [topic.replicas(brokers) for brokers in (1, 2, 3, 5)] == [1, 2, 3, 3]
    assert "min.insync.replicas" not in topic.settings(1)
    assert topic.settings(3)["min.insync.replicas"] == "2"
