from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from schemas import generate

DOCUMENT: dict[str, Any] = yaml.safe_load((generate.HERE / "asyncapi.yaml").read_text(encoding="utf-8"))
TOPICS = {"articles", "conflict-events", "event-alerts", "articles.dlq", "conflict-events.dlq"}


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from refs(inner)


def resolve(root: Any, ref: str) -> Any:
    target = root
    for step in ref.removeprefix("#/").split("/"):
        target = target[step]
    return target


@pytest.mark.parametrize("name", sorted(generate.MODELS))
def test_each_schema_is_one_of_json_schema_2020_12(name: str) -> None:
    schema = generate.json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"]
    for ref in refs(schema):
        assert resolve(schema, ref)


@pytest.mark.parametrize("name", sorted(generate.MODELS))
def test_every_field_of_a_schema_is_described(name: str) -> None:
    schema = generate.json_schema(name)
    for part in (schema, *schema["$defs"].values()):
        for field, told in part["properties"].items():
            assert told.get("description"), field


def test_a_word_list_is_open_in_json_schema() -> None:
    modality = generate.json_schema("conflict-event")["properties"]["modality"]
    assert modality["type"] == "string"
    assert "attempted" in modality["x-words"]
    assert "enum" not in modality


def test_generating_twice_gives_the_same() -> None:
    assert generate.render() == generate.render()


def test_what_is_committed_is_current() -> None:
    assert generate.main(["--check"]) == 0
    assert {path.name for path in (generate.HERE / "json").iterdir()} == {
        path.name for path in generate.render() if path.parent.name == "json"
    }


def test_a_stale_file_is_named_by_the_check_and_mended_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "HERE", tmp_path / "schemas")
    files = {tmp_path / "schemas" / "a.json": "new\n", tmp_path / "schemas" / "b.json": "same\n"}
    monkeypatch.setattr(generate, "render", lambda: files)
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "a.json").write_text("old\n", encoding="utf-8")
    (tmp_path / "schemas" / "b.json").write_text("same\n", encoding="utf-8")
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "schemas/a.json: not current, run make schemas\n"
    assert generate.main([]) == 0
    assert (tmp_path / "schemas" / "a.json").read_text(encoding="utf-8") == "new\n"
    assert generate.main(["--check"]) == 0


def test_asyncapi_has_the_topics_of_the_contract_and_of_deploy() -> None:
    assert DOCUMENT["asyncapi"] == "3.1.0"
    assert {channel["address"] for channel in DOCUMENT["channels"].values()} == TOPICS
    topics = yaml.safe_load(generate.TOPICS.read_text(encoding="utf-8"))
    assert {topic["name"] for topic in topics} == TOPICS


def test_every_reference_in_asyncapi_resolves() -> None:
    found = list(refs(DOCUMENT))
    assert "#/components/schemas/ConflictEvent" in found
    for ref in found:
        assert resolve(DOCUMENT, ref) is not None, ref


def test_an_operation_speaks_only_messages_of_its_channel() -> None:
    for name, operation in DOCUMENT["operations"].items():
        assert operation["action"] in ("send", "receive"), name
        channel = operation["channel"]["$ref"]
        assert operation["messages"], name
        for message in operation["messages"]:
            assert message["$ref"].rpartition("/messages/")[0] == channel, name


def test_every_channel_has_a_sender() -> None:
    sent = {
        operation["channel"]["$ref"] for operation in DOCUMENT["operations"].values() if operation["action"] == "send"
    }
    assert sent == {f"#/channels/{name}" for name in DOCUMENT["channels"]}


def test_a_channel_carries_its_topics_settings() -> None:
    topics = {topic["name"]: topic for topic in yaml.safe_load(generate.TOPICS.read_text(encoding="utf-8"))}
    for channel in DOCUMENT["channels"].values():
        bound, topic = channel["bindings"]["kafka"], topics[channel["address"]]
        assert bound["partitions"] == topic["partitions"]
        assert bound["topicConfiguration"]["retention.ms"] == int(topic["config"]["retention.ms"])
    assert DOCUMENT["channels"]["eventAlerts"]["bindings"]["kafka"]["topicConfiguration"]["cleanup.policy"] == [
        "compact",
        "delete",
    ]


def test_messages_name_their_key_and_cloud_event_type() -> None:
    types = {"article": "article", "articleEvents": "article-events", "alert": "alert"}
    for name, kind in types.items():
        message = DOCUMENT["components"]["messages"][name]
        assert message["bindings"]["kafka"]["key"]["type"] == "string"
        headers = message["headers"]["allOf"][1]
        assert headers["properties"]["ce_type"]["const"] == f"io.tocsin.{kind}.v1"
    assert "required" not in DOCUMENT["components"]["messages"]["article"]["headers"]["allOf"][1]
