"""Checks that subscribers of the last release and of this code understand each other: `python -m schemas.compat`.

FULL compatibility, as schema registries call it: this code reads what the released code wrote (backward), and the
released code reads what this code writes (forward). Words under `x-words` are open when read, so they may grow.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from schemas.generate import HERE, json_schema, json_text

RELEASED = HERE / "released"
CHECKED = {"conflict-events": "article-events", "event-alerts": "alert"}
"""Topics whose messages stay compatible, and the names of their schemas."""

# Says nothing about which messages are valid: whatever a default is, the field may be missing.
_PROSE = frozenset({"title", "description", "default", "examples", "deprecated", "$schema", "$id", "$defs"})
_STRUCTURE = frozenset({"type", "format", "properties", "required", "items", "enum", "x-words"})
# Bounds by keyword; True where a larger number allows less.
_BOUNDS = {
    "minimum": True,
    "exclusiveMinimum": True,
    "minLength": True,
    "minItems": True,
    "maximum": False,
    "exclusiveMaximum": False,
    "maxLength": False,
    "maxItems": False,
}
_NO_BOUND = {"minLength": 0, "minItems": 0}


class _Pair(NamedTuple):
    """One value's place in both schemas."""

    path: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]

    def at(self, step: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> _Pair:
        return _Pair(f"{self.path}.{step}" if self.path else step, old, new)


def breaks(released: Mapping[str, Any], current: Mapping[str, Any]) -> list[str]:
    """What in the JSON Schema `current` breaks FULL compatibility with `released`, a sentence each; none when it holds.

    It knows the keywords that pydantic writes for our models; a change of any other one counts as a break.
    """
    return list(_value(_Pair("", released, current), released, current))


def _resolve(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        target = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def _kinds(schema: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The kinds of value that the schema allows, by their name: `string`, `string date`, `null`, `object`."""
    whole = _resolve(schema, root)
    beside = {key: value for key, value in whole.items() if key != "anyOf" and key not in _PROSE}
    kinds: dict[str, Mapping[str, Any]] = {}
    for option in whole.get("anyOf", [{}]):
        kind = {**_resolve(option, root), **beside}
        name = f"{kind.get('type', 'anything')} {kind.get('format', '')}".strip()
        while name in kinds:
            name += " too"
        kinds[name] = kind
    return kinds


def _value(pair: _Pair, old_root: Mapping[str, Any], new_root: Mapping[str, Any]) -> Iterator[str]:
    old, new = _kinds(pair.old, old_root), _kinds(pair.new, new_root)
    for name in old.keys() - new.keys():
        yield f"{pair.path}: {name} is no longer read, but released writers sent it"
    for name in new.keys() - old.keys():
        yield f"{pair.path}: may now be {name}, which released readers refuse"
    for name in old.keys() & new.keys():
        kind = _Pair(pair.path, old[name], new[name])
        yield from _fields(kind, old_root, new_root)
        if "items" in kind.old or "items" in kind.new:
            items = kind.old.get("items", {}), kind.new.get("items", {})
            yield from _value(kind.at("[]", *items), old_root, new_root)
        yield from _bounds(kind)
        yield from _words(kind)
        yield from _others(kind)


def _fields(pair: _Pair, old_root: Mapping[str, Any], new_root: Mapping[str, Any]) -> Iterator[str]:
    old, new = pair.old.get("properties", {}), pair.new.get("properties", {})
    needed_before, needed_now = set(pair.old.get("required", ())), set(pair.new.get("required", ()))
    for name in sorted(old.keys() | new.keys()):
        field = pair.at(name, old.get(name, {}), new.get(name, {}))
        if name not in old:
            if name in needed_now:
                yield f"{field.path}: a new field without a default, which released writers did not send"
        elif name not in new:
            if name in needed_before:
                yield f"{field.path}: removed, but released readers require it"
        else:
            if name in needed_now - needed_before:
                yield f"{field.path}: now required, but released writers may have left it out"
            if name in needed_before - needed_now:
                yield f"{field.path}: may now be left out, but released readers require it"
            yield from _value(field, old_root, new_root)


def _bounds(pair: _Pair) -> Iterator[str]:
    for keyword, larger_is_narrower in _BOUNDS.items():
        none = _NO_BOUND.get(keyword)
        old, new = pair.old.get(keyword, none), pair.new.get(keyword, none)
        if old == new:
            continue
        narrower = old is None or (new is not None and (new > old) == larger_is_narrower)
        why = "narrower than released writers kept to" if narrower else "wider than released readers accept"
        yield f"{pair.path}: {keyword} {old} became {new}, {why}"


def _words(pair: _Pair) -> Iterator[str]:
    """A closed `enum` may not change at all; `x-words` may only grow, to no list in the end."""
    old, new = set(pair.old.get("enum", ())), set(pair.new.get("enum", ()))
    if old != new:
        yield f"{pair.path}: the closed list {sorted(old)} became {sorted(new)}"
    if "x-words" not in pair.new:
        return
    if "x-words" not in pair.old:
        yield f"{pair.path}: any word was sent before, now only listed ones are known"
    elif gone := set(pair.old["x-words"]) - set(pair.new["x-words"]):
        yield f"{pair.path}: words that released writers sent are no longer known: {', '.join(sorted(gone))}"


def _others(pair: _Pair) -> Iterator[str]:
    for keyword in sorted((pair.old.keys() | pair.new.keys()) - _PROSE - _STRUCTURE - _BOUNDS.keys()):
        if pair.old.get(keyword) != pair.new.get(keyword):
            yield f"{pair.path}: {keyword} {pair.old.get(keyword)} became {pair.new.get(keyword)}"


def released_file(name: str) -> Path:
    """Where the schema `name`, as last released, is kept."""
    return RELEASED / f"{name}.schema.json"


def main(arguments: list[str] | None = None) -> int:
    """Say what breaks; with `--release`, and nothing broken, keep today's schemas as released. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m schemas.compat", description=__doc__)
    parser.add_argument("--release", action="store_true", help="keep the current schemas as the last released ones")
    release: bool = parser.parse_args(arguments).release
    broken = False
    for topic, name in CHECKED.items():
        current = json_schema(name)
        for sentence in sorted(breaks(json.loads(released_file(name).read_text(encoding="utf-8")), current)):
            broken = True
            sys.stdout.write(f"{topic}: {sentence}\n")
    if release and not broken:
        for name in CHECKED.values():
            released_file(name).write_text(json_text(name), encoding="utf-8")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
