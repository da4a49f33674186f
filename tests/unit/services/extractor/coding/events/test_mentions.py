"""Which reading of a trigger's word holds: the deed, the noun, the adjective, or none, as when it is part of a name."""

from __future__ import annotations

import pytest

from services.extractor.coding.events.mentions import Mention, mentions
from services.extractor.coding.events.view import View, look
from services.extractor.coding.reading.parse import parse
from services.extractor.coding.reading.sentences import Sentence


def view(text: str) -> View:
    (doc,) = parse([text])
    return look(Sentence("text", 0, len(text), text, 0), doc)


def _found(text: str) -> list[Mention]:
    return list(mentions(view(text)))


def _one(text: str, word: str) -> Mention:
    (mention,) = [m for m in _found(text) if m.text.lower() == word]
    return mention


@pytest.mark.parametrize(
    ("text", "word", "cls"),
    [
        ("Soldiers shelled the village.", "shelled", "shelling"),
        ("The village was shelled by soldiers.", "shelled", "shelling"),
        ("Rebels raided the camp at dawn.", "raided", "ambush"),
        ("Gunmen attack buses on this road.", "attack", "attack"),
        ("Police want to arrest the mayor.", "arrest", "arrest"),
        ("Students marched through the capital.", "marched", "protest"),
        ("Militants opened fire on a bus.", "opened fire", "shooting"),
        ("They were accused of bombing the bridge.", "bombing", "bomb_run"),
    ],
)
def test_a_verb_is_read_as_what_somebody_does(text: str, word: str, cls: str) -> None:
    mention = _one(text, word)
    assert mention.verbal
    assert mention.cls.name == cls


@pytest.mark.parametrize(
    ("text", "word", "cls"),
    [
        ("The shelling of the village went on.", "shelling", "shelling"),
        ("A raid on the camp left two dead.", "raid", "strike"),
        ("An attack on a bus killed four people.", "attack", "attack"),
        ("The arrest of the mayor angered many.", "arrest", "arrest"),
        ("The march through the capital was calm.", "march", "protest"),
        ("A suicide bombing killed ten people.", "suicide bombing", "suicide"),
        ("Heavy clashes were heard.", "clashes", "clash"),
        ("The killing of a priest shocked the town.", "killing", "killing"),
        ("Five air strikes hit the town.", "air strikes", "airstrike"),
    ],
)
def test_a_noun_is_read_as_what_took_place(text: str, word: str, cls: str) -> None:
    mention = _one(text, word)
    assert not mention.verbal
    assert mention.cls.name == cls


@pytest.mark.parametrize("word", ["deadly", "bloody", "fatal"])
def test_an_adjective_only_colours_the_noun(word: str) -> None:
    mention = _one(f"A {word} attack hit the town.", word)
    assert mention.attributive


@pytest.mark.parametrize(
    "text",
    [
        "The governor met farmers in March.",
        "The Liberation Tigers of Tamil Eelam met envoys.",
        "The weather was fine.",
        "The skilled workers went home.",
    ],
)
def test_a_word_that_only_looks_like_a_trigger_is_none(text: str) -> None:
    assert [m for m in _found(text) if m.cls.domain == "violence" and not m.cls.weak] == []


@pytest.mark.parametrize("text", ["Soldiers shelled the village.", "A raid on the camp left two dead.", ""])
def test_a_mention_reads_what_its_sentence_reads(text: str) -> None:
    seen = view(text)
    at = 0
    for mention in mentions(seen):
        assert mention.text == text[mention.start : mention.end]
        assert mention.start >= at
        assert mention.token in seen.doc.tokens
        at = mention.end
