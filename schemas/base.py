"""What all messages share: strict types, dropped unknown fields, words checked when written and open when read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Self, TypeVar, get_args

import pydantic_core
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    FailFast,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import CoreSchema, core_schema

# Given as validation context by readers of what Tocsin itself wrote, perhaps by a newer version.
OPEN_WORDS = {"open_words": True}


def _no_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("holds a NUL character (U+0000): remove it")
    return value


Text = Annotated[str, AfterValidator(_no_nul)]
"""Any text without NUL, which databases and C libraries cannot hold."""

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3."""


def length(longest: int, shortest: int = 0) -> StringConstraints:
    """Bounds a string's length in characters: `Annotated[Text, length(300)]`."""
    return StringConstraints(min_length=shortest, max_length=longest)


Item = TypeVar("Item")
Many = Annotated[list[Item], FailFast()]
"""A list whose first wrong item is the only one told: a message with a million of them must not cost a gigabyte."""


class OneOf:
    """Bounds a string to known words when written and leaves it open when read (`OPEN_WORDS`).

    In JSON Schema it is a plain string with the known words under `x-words`: a closed `enum`
    would make every new word an incompatible change.
    """

    def __init__(self, words: Collection[str]) -> None:
        self.words = frozenset(words)

    def check(self, value: str, info: ValidationInfo) -> str:
        """Raise ValueError for an unknown word, unless the reader is open to newer ones."""
        if value not in self.words and not (info.context or {}).get("open_words"):
            raise ValueError(f"must be one of: {', '.join(sorted(self.words))}")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "x-words": sorted(self.words)}


class Message(BaseModel):
    """Base of every model that crosses a topic."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
        ser_json_inf_nan="null",
    )

    def to_bytes(self) -> bytes:
        """The record value: UTF-8 JSON with every field, in the model's order, so that equal models are equal bytes."""
        return self.model_dump_json().encode()

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Read what Tocsin wrote, perhaps with words of a newer version. Raises pydantic.ValidationError."""
        return cls.model_validate_json(raw, context=OPEN_WORDS)


def unknown_fields(model: type[BaseModel], raw: bytes | str) -> list[str]:
    """Dotted names of the fields in the JSON object `raw` that `model` does not have, sorted, each once.

    `raw` must be valid JSON; what is not an object has no fields.
    """
    return sorted(set(_unknown(model, pydantic_core.from_json(raw), "")))


def _unknown(model: type[BaseModel], value: object, prefix: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        return
    fields = {info.alias or name: info for name, info in model.model_fields.items()} | dict(model.model_fields)
    for key, inner in value.items():
        if key not in fields:
            yield f"{prefix}{key}"[:100]
            continue
        for candidate in (fields[key].annotation, *get_args(fields[key].annotation)):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                yield from _unknown(candidate, inner, f"{prefix}{key}.")
