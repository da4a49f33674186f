"""Property, territory and weapons as objects of violence, from things.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from services.extractor.coding.lexicon.triggers import inflection


@cache
def things() -> dict[str, frozenset[str]]:
    """The words of each group, singular and plural, in lower case."""
    path = files("services.extractor.coding.lexicon").joinpath("things.yaml")
    data = TypeAdapter(dict[str, list[str]]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    return {
        name: frozenset(form.lower() for word in words for form in inflection().noun_forms(word))
        for name, words in data.items()
    }
