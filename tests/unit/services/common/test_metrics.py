import re

from prometheus_client import Counter, Gauge, Histogram, Info, generate_latest

from services.common import metrics

OWN = [value for value in vars(metrics).values() if isinstance(value, (Counter, Gauge, Histogram, Info))]


def test_names_follow_the_rules() -> None:
    names = [sample.name for metric in OWN for sample in metric.describe()]
    assert len(names) >= 11
    for name in names:
        assert re.fullmatch(r"tocsin_[a-z0-9_]+", name)
        assert not re.search(r"_(ms|milliseconds|minutes|bits|percent)$", name)


def test_every_metric_is_told_and_shown_without_created_times() -> None:
    metrics.build_info("test")
    metrics.ARTICLES_INGESTED.labels("http", "accepted").inc(0)
    shown = generate_latest(metrics.REGISTRY).decode()
    assert "tocsin_build_info{" in shown
    assert 'service="test"' in shown
    assert "_created" not in shown
    for metric in OWN:
        assert metric._documentation.endswith(".")
