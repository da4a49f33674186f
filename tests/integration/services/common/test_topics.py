import uuid

from services.common.kafka import cluster_id
from services.common.settings import load_settings
from services.common.topics import Topic, apply, check, topics


def own(topic: Topic) -> Topic:
    return topic.model_copy(update={"name": f"{topic.name}-{uuid.uuid4().hex[:12]}"})


async def test_topics_are_created_as_the_file_says_and_only_once(bootstrap: str) -> None:
    settings = load_settings(bootstrap=bootstrap)
    wanted = [own(topic) for topic in topics()]
    names = [topic.name for topic in wanted]
    assert await check(settings, wanted) == [f"{name}: is missing" for name in names]
    assert sorted(await apply(settings, wanted)) == sorted(names)
    assert await check(settings, wanted) == []
    assert await apply(settings, wanted) == []


async def test_what_differs_is_told_and_left_as_it_is(bootstrap: str) -> None:
    settings = load_settings(bootstrap=bootstrap)
    topic = own(topics()[0])
    await apply(settings, [topic])
    other = topic.model_copy(update={"partitions": 7, "config": topic.config | {"retention.ms": "1000"}})
    assert await apply(settings, [other]) == []
    assert await check(settings, [other]) == [
        f"{topic.name}: partitions is 6, should be 7",
        f"{topic.name}: retention.ms is 604800000, should be 1000",
    ]


async def test_the_cluster_has_one_id(bootstrap: str) -> None:
    settings = load_settings(bootstrap=bootstrap)
    first = await cluster_id(settings)
    assert first
    assert await cluster_id(settings) == first
