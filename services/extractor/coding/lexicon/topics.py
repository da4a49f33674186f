"""What an article is about besides conflict: counts the words of topics.yaml."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

import yaml
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from pydantic import TypeAdapter

from services.extractor.coding.lexicon.triggers import inflection

CONFLICT = "conflict"


class TopicCounter:
    """The words of all topics, compiled."""

    def __init__(self, topics: dict[str, list[str]]) -> None:
        self._topic: dict[str, str] = {}
        for topic, words in topics.items():
            for word in words:
                for form in inflection().noun_forms(word):
                    self._topic.setdefault(form.lower(), topic)
        self._words = sorted(self._topic)
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def count(self, folded: str) -> Counter[str]:
        """How many different words of each topic stand in a text that `matcher.fold` has been through."""
        seen: set[str] = set()
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            whole = not (start and folded[start - 1].isalnum()) and not (end < len(folded) and folded[end].isalnum())
            if whole:
                seen.add(self._words[index])
        return Counter(self._topic[word] for word in seen)


@cache
def topic_counter() -> TopicCounter:
    """The one counter of a process."""
    path = files("services.extractor.coding.lexicon").joinpath("topics.yaml")
    data = TypeAdapter(dict[str, list[str]]).validate_python(
        yaml.safe_load(path.read_text(encoding="utf-8")), strict=True
    )
    return TopicCounter(data)


def leaning(counts: Counter[str]) -> str | None:
    """The article's topic: `conflict` unless another one's words clearly outnumber its; null where nothing tells.

    Twice as many, and three or more; one or two decide only where no word of conflict stands.
    """
    other = {topic: n for topic, n in counts.items() if topic != CONFLICT}
    topic, most = max(sorted(other.items()), key=lambda pair: pair[1], default=(None, 0))
    if not counts[CONFLICT]:
        return topic if most >= (1 if topic in _TELLING else 2) else None
    return topic if most >= 3 and most >= 2 * counts[CONFLICT] else CONFLICT


# One word of these is enough where none of conflict stands.
_TELLING = frozenset(("disaster", "crime"))
