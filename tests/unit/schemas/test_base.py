import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import Actor, Alert, Article, ArticleEvents, ConflictEvent
from schemas.base import OPEN_WORDS, Message, unknown_fields

NEWER = b'{"role": "bystander", "name": "Police", "mention": "police", "shoe_size": 44}'


def test_an_unknown_word_is_refused_when_written_and_taken_when_read() -> None:
    with pytest.raises(ValidationError, match="must be one of: participant, perpetrator, target"):
        Actor(role="bystander", name="Police", mention="police")
    with pytest.raises(ValidationError, match="must be one of"):
        Actor.model_validate_json(NEWER)
    assert Actor.read(NEWER).role == "bystander"
    assert Actor.model_validate_json(NEWER, context=OPEN_WORDS) == Actor.read(NEWER)


def test_words_are_open_in_nested_models_too() -> None:
    event = b'{"id": "e", "rank": 0, "modality": "rumoured", "actors": [%s]}' % NEWER
    read = ConflictEvent.read(event)
    assert (read.modality, read.actors[0].role) == ("rumoured", "bystander")
    assert not read.makes_incident()


def test_open_words_leave_everything_else_strict() -> None:
    with pytest.raises(ValidationError):
        Actor.read(b'{"role": 1, "name": "Police", "mention": "police"}')


def test_messages_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Article(text="a").text = "b"  # type: ignore[misc]  # what must not be done


def test_a_message_is_written_whole_in_its_own_order() -> None:
    assert Actor(mention="police", name="Police", role="target").to_bytes() == (
        b'{"role":"target","name":"Police","mention":"police","kind":null,"country":null,"code":null}'
    )


def test_text_is_written_as_utf_8() -> None:
    assert '"mention":"поліція"'.encode() in Actor(role="target", name="Police", mention="поліція").to_bytes()


@pytest.mark.parametrize(
    ("raw", "unknown"),
    [
        ('{"text": "a"}', []),
        ('{"text": "a", "nope": 1}', ["nope"]),
        ('{"text": "a", "Text": "a", "source": {"name": "a", "lang": "en"}}', ["Text", "source.lang"]),
        ('{"text": "a", "nope": {"deep": 1}}', ["nope"]),
        ('{"text": "a", "nope": 1, "nope": 2}', ["nope"]),
        ('{"text": "a", "source": null}', []),
        ("[]", []),
    ],
)
def test_unknown_fields_are_named(raw: str, unknown: list[str]) -> None:
    assert unknown_fields(Article, raw) == unknown


def test_an_alias_is_a_known_name() -> None:
    event = '{"in": "text", "in_": "text", "inn": "text"}'
    evidence = ConflictEvent.model_fields["evidence"]
    assert evidence.annotation is not None
    assert unknown_fields(evidence.annotation.__args__[0], event) == ["inn"]


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.none() | st.text(max_size=3), max_size=5))
def test_only_names_that_were_sent_are_unknown(fields: dict[str, str | None]) -> None:
    found = unknown_fields(Article, json.dumps(fields))
    assert found == sorted({name[:100] for name in fields if name not in Article.model_fields})


def models(base: type[Message]) -> list[type[Message]]:
    return [model for child in base.__subclasses__() for model in (child, *models(child))]


def test_every_field_of_every_message_is_described() -> None:
    assert {Alert, Article, ArticleEvents, ConflictEvent} <= set(models(Message))
    bare = {
        f"{model.__name__}.{name}"
        for model in models(Message)
        if model.__module__.startswith("schemas.")
        for name, field in model.model_fields.items()
        if not field.description
    }
    assert bare == set()
