"""What an article is about besides conflict: counts the words of topics.yaml."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

import yaml
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.extractor.coding.lexicon.scan import whole_words
from services.extractor.coding.lexicon.triggers import inflection

CONFLICT, INDUSTRY = "conflict", "industry"


class Topic(BaseModel):
    """The words of one topic as topics.yaml holds them; its head says what the fields mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: list[str]
    sure: list[str] = []


_SURE = 3  # what a word under `sure` weighs


class TopicCounter:
    """The words of all topics, compiled."""

    def __init__(self, topics: dict[str, Topic]) -> None:
        self._topics: dict[str, Counter[str]] = {}
        for name, topic in topics.items():
            for weight, words in ((1, topic.words), (_SURE, topic.sure)):
                for form in {f.lower() for word in words for f in inflection().noun_forms(word)}:
                    self._topics.setdefault(form, Counter())[name] = weight
        self._words = sorted(self._topics)
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def count(self, folded: str) -> Counter[str]:
        """What the different words of each topic weigh together in a text that `matcher.fold` has been through."""
        seen = {word for word, _, _ in whole_words(self._automaton, self._words, self._topics, folded)}
        found: Counter[str] = Counter()
        for word in sorted(seen):
            found.update(self._topics[word])
        return found


@cache
def topic_counter() -> TopicCounter:
    """The one counter of a process."""
    path = files("services.extractor.coding.lexicon").joinpath("topics.yaml")
    data = TypeAdapter(dict[str, Topic]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    return TopicCounter(data)


# From so many words of crime on, an article with police, paramedics and a nightclub in it is about a crime.
_CRIME = 3


def leaning(counts: Counter[str]) -> str | None:
    """The article's topic: `conflict` unless another one's words clearly outweigh its; null where nothing tells.

    A sure word or three others; twice the words of conflict where there are any. One word of crime is enough without.
    """
    other = {topic: n for topic, n in counts.items() if topic not in (CONFLICT, INDUSTRY)}
    topic, most = max(sorted(other.items()), key=lambda pair: pair[1], default=(None, 0))
    if other.get("crime", 0) >= _CRIME and most < 2 * other["crime"]:
        topic, most = "crime", other["crime"]
    if not counts[CONFLICT]:
        return topic if most >= (1 if topic == "crime" else _SURE) else None
    return topic if most > _SURE and most >= 2 * counts[CONFLICT] else CONFLICT
