import copy
import json
from typing import Any

import pytest

from schemas import compat, generate

RELEASED: dict[str, Any] = {
    "type": "object",
    "required": ["id", "event"],
    "properties": {
        "id": {"type": "string", "pattern": "^a"},
        "event": {"$ref": "#/$defs/Event"},
        "note": {"anyOf": [{"type": "string", "maxLength": 10}, {"type": "null"}], "default": None},
        "when": {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]},
    },
    "$defs": {
        "Event": {
            "type": "object",
            "required": ["kind", "in"],
            "properties": {
                "kind": {"type": "string", "x-words": ["battle", "riot"]},
                "free": {"type": "string", "default": ""},
                "in": {"enum": ["text", "title"], "type": "string"},
                "count": {"type": "integer", "minimum": 0, "maximum": 9, "default": 0},
                "tags": {"type": "array", "items": {"type": "string"}, "default": [], "maxItems": 5},
            },
        }
    },
}


def changed(*changes: tuple[str, Any]) -> dict[str, Any]:
    """RELEASED with each dotted path set to a value, or removed for None."""
    schema = copy.deepcopy(RELEASED)
    for path, value in changes:
        *way, last = path.split("/")
        target = schema
        for step in way:
            target = target[int(step)] if isinstance(target, list) else target[step]
        if value is None:
            del target[last]
        else:
            target[last] = value
    return schema


EVENT = "$defs/Event/properties"


@pytest.mark.parametrize(
    "change",
    [
        ("properties/more", {"type": "integer", "default": 0}),
        (f"{EVENT}/more", {"$ref": "#/$defs/Event"}),
        ("properties/note", None),
        (f"{EVENT}/kind/x-words", ["battle", "riot", "protest"]),
        (f"{EVENT}/kind/x-words", None),
        (f"{EVENT}/count/default", 1),
        ("description", "told anew"),
        ("required", ["event", "id"]),
        (f"{EVENT}/free/minLength", 0),
    ],
)
def test_what_readers_do_not_notice_is_no_break(change: tuple[str, Any]) -> None:
    assert compat.breaks(RELEASED, changed(change)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("required", ["id", "event", "note"]), "note: now required"),
        (("required", ["id"]), "event: may now be left out"),
        (("properties/id", None), "id: removed"),
        (("$defs/Event/properties/kind", None), "event.kind: removed"),
        (("properties/id/type", "integer"), "id: string is no longer read"),
        (("properties/id/type", "integer"), "id: may now be integer"),
        ((f"{EVENT}/count/type", "number"), "event.count: may now be number"),
        ((f"{EVENT}/tags/items/type", "integer"), "event.tags.[]: may now be integer"),
        (("properties/note/anyOf", [{"type": "string", "maxLength": 10}]), "note: null is no longer read"),
        (("properties/event", {"anyOf": [{"$ref": "#/$defs/Event"}, {"type": "null"}]}), "event: may now be null"),
        (("properties/when/anyOf", [{"type": "string", "format": "date"}]), "when: string date-time is no longer"),
        (("properties/note/anyOf/0/maxLength", 9), "note: maxLength 10 became 9, narrower"),
        (("properties/note/anyOf/0/maxLength", 11), "note: maxLength 10 became 11, wider"),
        (("properties/note/anyOf/0/maxLength", None), "note: maxLength 10 became None, wider"),
        (("properties/note/anyOf/0/minLength", 1), "note: minLength 0 became 1, narrower"),
        ((f"{EVENT}/count/minimum", 1), "event.count: minimum 0 became 1, narrower"),
        ((f"{EVENT}/count/minimum", -1), "event.count: minimum 0 became -1, wider"),
        ((f"{EVENT}/count/minimum", None), "event.count: minimum 0 became None, wider"),
        ((f"{EVENT}/count/maximum", 8), "event.count: maximum 9 became 8, narrower"),
        ((f"{EVENT}/count/exclusiveMaximum", 8), "event.count: exclusiveMaximum None became 8, narrower"),
        ((f"{EVENT}/tags/maxItems", 4), "event.tags: maxItems 5 became 4, narrower"),
        (("properties/id/pattern", "^b"), "id: pattern ^a became ^b"),
        ((f"{EVENT}/in/enum", ["text"]), "event.in: the closed list"),
        ((f"{EVENT}/in/enum", ["text", "title", "caption"]), "event.in: the closed list"),
        ((f"{EVENT}/kind/x-words", ["battle"]), "event.kind: words that released writers sent"),
        ((f"{EVENT}/free/x-words", ["a"]), "event.free: any word was sent before"),
        (("additionalProperties", False), "additionalProperties None became False"),
    ],
)
def test_each_kind_of_break_is_named(change: tuple[str, Any], said: str) -> None:
    assert any(said in sentence for sentence in compat.breaks(RELEASED, changed(change)))


def test_a_new_field_needs_a_default() -> None:
    schema = changed(("properties/more", {"type": "integer"}), ("required", ["id", "event", "more"]))
    assert compat.breaks(RELEASED, schema) == [
        "more: a new field without a default, which released writers did not send"
    ]


@pytest.mark.parametrize("name", sorted(compat.CHECKED.values()))
def test_the_models_are_compatible_with_the_last_release(name: str) -> None:
    released = json.loads(compat.released_file(name).read_text(encoding="utf-8"))
    assert compat.breaks(released, generate.json_schema(name)) == []


def test_the_check_reaches_the_depth_of_the_real_schemas() -> None:
    released = generate.json_schema("article-events")
    narrowed = copy.deepcopy(released)
    narrowed["$defs"]["TollGroup"]["properties"]["count"]["anyOf"][0]["minimum"] = 1
    places = {sentence.partition(":")[0] for sentence in compat.breaks(released, narrowed)}
    assert "events.[].casualties.killed.groups.[].count" in places


def test_the_command_exits_with_1_and_releases_nothing_on_a_break(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compat, "RELEASED", tmp_path)
    for name in compat.CHECKED.values():
        older = generate.json_schema(name)
        older["required"] = [*older["required"], "gone"]
        older["properties"]["gone"] = {"type": "string"}
        compat.released_file(name).write_text(json.dumps(older), encoding="utf-8")
    assert compat.main(["--release"]) == 1
    assert "event-alerts: gone: removed, but released readers require it" in capsys.readouterr().out
    assert "gone" in compat.released_file("alert").read_text(encoding="utf-8")


def test_a_release_keeps_the_current_schemas(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compat, "RELEASED", tmp_path)
    for name in compat.CHECKED.values():
        older = generate.json_schema(name)
        older["properties"].popitem()
        compat.released_file(name).write_text(json.dumps(older), encoding="utf-8")
    assert compat.main(["--release"]) == 0
    assert compat.released_file("alert").read_text(encoding="utf-8") == generate.json_text("alert")
