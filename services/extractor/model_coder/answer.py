"""What the model is asked to answer: quotes of the article and words of the taxonomies, nothing to make up."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from schemas.taxonomies import acled, plover

NAME = "events"


def _closed(schema: dict[str, Any]) -> None:
    # What strict mode asks for; a reply of an endpoint without it may hold more, which is dropped.
    schema["additionalProperties"] = False
    schema.pop("title", None)
    for field in schema["properties"].values():
        field.pop("title", None)


def _one_of(names: list[str]) -> WithJsonSchema:
    """The model sees the closed list; a word outside it drops the field when the answer is read, not the answer."""
    return WithJsonSchema({"type": ["string", "null"], "enum": [*names, None]})


class _Part(BaseModel):
    """Every field is required, as strict mode asks; null says that the text does not tell."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True, json_schema_extra=_closed)


class Quote(_Part):
    """Words of one sentence, copied exactly."""

    s: int
    """Number of the sentence."""
    q: str
    """The words, character for character."""


class Party(_Part):
    """One side."""

    role: Literal["perpetrator", "target", "participant"]
    """participant: both sides of a clash."""
    who: Quote
    """The phrase that names it, as specific as the text has it."""


class Harm(_Part):
    """A toll."""

    kind: Literal["killed", "injured", "missing", "abducted", "arrested", "displaced"]
    said: Quote
    """The number with its bound and those harmed: at least seven soldiers."""


class Told(_Part):
    """One event."""

    trigger: Quote
    """The one or few words that tell that it happened: attacked, shelling, blast."""
    sub_event_type: Annotated[str | None, _one_of(acled.sub_event_types())]
    """ACLED; null for what ACLED does not record."""
    plover: Annotated[str | None, _one_of(plover.event_names())]
    plover_mode: Annotated[str | None, _one_of(plover.mode_names())]
    cameo: str | None
    """CAMEO code, digits."""
    modality: Literal["actual", "attempted", "negated", "threatened", "planned", "hypothetical", "historical"]
    modality_cue: Quote | None
    """The words that make it other than actual: denied, vowed to, could, anniversary."""
    date: Quote | None
    """The words for when: on Monday."""
    place: Quote | None
    """The words for where, town and region together: Goma, North Kivu."""
    actors: list[Party]
    tolls: list[Harm]
    weapons: list[Quote]
    claimed_by: Quote | None
    """Who claims it."""
    reported_by: Quote | None
    """Who says so."""


class Answer(_Part):
    """All events of the article, the main one first."""

    events: list[Told]


@cache
def json_schema() -> dict[str, Any]:
    """The answer's JSON Schema in the subset that strict structured output takes."""
    return Answer.model_json_schema()


@cache
def response_format() -> dict[str, Any]:
    """The `response_format` of a request."""
    return {"type": "json_schema", "json_schema": {"name": NAME, "strict": True, "schema": json_schema()}}
