"""Writes the JSON Schemas and the AsyncAPI document from the models: `python -m schemas.generate [--check]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from schemas import Alert, Article, ArticleEvents, ConflictEvent

HERE = Path(__file__).parent
TOPICS = HERE.parent / "deploy" / "topics.yaml"
MODELS: Mapping[str, type[BaseModel]] = {
    "article": Article,
    "article-events": ArticleEvents,
    "conflict-event": ConflictEvent,
    "alert": Alert,
}
"""The published models by the name of their schema's file."""

_ASYNCAPI_HEAD = "# Made by `make schemas` of asyncapi.in.yaml, the models and deploy/topics.yaml.\n"
# What AsyncAPI's Kafka binding 0.5.0 has a place for, of a topic's settings, and how it wants them.
_BOUND_SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "cleanup.policy": lambda policies: policies.split(","),
    "retention.ms": int,
    "retention.bytes": int,
    "delete.retention.ms": int,
    "max.message.bytes": int,
}


class _Schema(GenerateJsonSchema):
    """Without a `title` made of the field's name, which says nothing that the name does not."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the model called `name` in `MODELS`, what readers of the message accept."""
    body = MODELS[name].model_json_schema(schema_generator=_Schema)
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"urn:tocsin:{name}:v1", **body}


def json_text(name: str) -> str:
    """The JSON Schema of the model called `name`, as its file holds it."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"


def asyncapi(topics: list[dict[str, Any]]) -> dict[str, Any]:
    """The AsyncAPI document: what `asyncapi.in.yaml` says, the models, and `topics` as deploy/topics.yaml has them.

    Raises KeyError for a channel whose topic is not among them.
    """
    document: dict[str, Any] = yaml.safe_load((HERE / "asyncapi.in.yaml").read_text(encoding="utf-8"))
    by_name = {topic["name"]: topic for topic in topics}
    for channel in document["channels"].values():
        channel["bindings"] = {"kafka": _channel_binding(by_name[channel["address"]])}
    _, models = models_json_schema(
        [(model, "validation") for model in MODELS.values()],
        ref_template="#/components/schemas/{model}",
        schema_generator=_Schema,
    )
    document["components"]["schemas"] |= models["$defs"]
    return document


def _channel_binding(topic: Mapping[str, Any]) -> dict[str, Any]:
    settings = {key: read(topic["config"][key]) for key, read in _BOUND_SETTINGS.items() if key in topic["config"]}
    return {
        "partitions": topic["partitions"],
        "replicas": topic["replication"],
        "topicConfiguration": settings,
        "bindingVersion": "0.5.0",
    }


def render() -> dict[Path, str]:
    """Every generated file and the text it should hold, the same for the same models."""
    files = {HERE / "json" / f"{name}.schema.json": json_text(name) for name in MODELS}
    topics = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    body = yaml.safe_dump(asyncapi(topics), sort_keys=False, allow_unicode=True, width=120)
    files[HERE / "asyncapi.yaml"] = _ASYNCAPI_HEAD + body
    return files


def main(arguments: list[str] | None = None) -> int:
    """Write the files that differ, or with `--check` only name them. Gives the exit code: 1 when one was stale."""
    parser = argparse.ArgumentParser(prog="python -m schemas.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a file is not current")
    check: bool = parser.parse_args(arguments).check
    files = render()
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if not check:
            path.write_text(files[path], encoding="utf-8")
        said = "not current, run make schemas" if check else "written"
        sys.stdout.write(f"{path.relative_to(HERE.parent)}: {said}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
