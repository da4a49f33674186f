import json
from pathlib import Path

from schemas import Article
from services.common.errors import Invalid
from services.common.kafka import consumer, producer
from services.common.settings import Settings
from services.ingest.feeder import Summary, feed
from services.ingest.publisher import Publisher, Receipt


async def test_files_arrive_in_order_and_what_is_bad_is_told(settings: Settings, articles: str, tmp_path: Path) -> None:
    lines = [json.dumps({"id": "one", "version": number, "text": "x"}) for number in range(100)]
    lines[50] = "nope"
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_text("date 2024-01-18 Shells hit Kherson\n\nTwo people died.")
    told: list[tuple[str, Receipt | Invalid]] = []
    async with producer(settings, client_id="test") as sender:
        summary = await feed(Publisher(sender, topic=articles), [str(tmp_path)], lambda *one: told.append(one))
    assert summary == Summary(accepted=100, refused=1)
    assert [where for where, outcome in told if isinstance(outcome, Invalid)] == [f"{tmp_path / 'a.jsonl'}:51"]
    assert [outcome.version for _, outcome in told if isinstance(outcome, Receipt)][:99] == [
        *range(50),
        *range(51, 100),
    ]
    found = []
    async with consumer(settings, articles, group=None) as reader:
        while len(found) < 100:
            found.append(Article.model_validate_json((await reader.getone()).value))
    assert [article.version for article in found if article.id == "one"] == [*range(50), *range(51, 100)]
    assert [article.title for article in found if article.id != "one"] == ["Shells hit Kherson"]
