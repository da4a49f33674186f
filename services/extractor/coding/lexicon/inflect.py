"""Regular and irregular forms of English verbs and nouns, for building the matcher's word list."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

_VOWELS = "aeiou"


class Inflection(BaseModel):
    """The exceptions, as inflection.yaml holds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verbs: dict[str, list[str]]
    doubling: list[str]
    plurals: dict[str, str]

    def verb_forms(self, phrase: str) -> list[str]:
        """All forms of a verb or of a phrase that begins with one: `open fire` gives `opens fire` and so on."""
        head, _, rest = phrase.partition(" ")
        if rest and (head.endswith("ly") or head == "gang") and head not in self.verbs:
            return [f"{head} {form}" for form in self.verb_forms(rest)]
        tail = f" {rest}" if rest else ""
        return [form + tail for form in dict.fromkeys([head, *self._verb(head)])]

    def noun_forms(self, phrase: str) -> list[str]:
        """Singular and plural of a noun or of a phrase that ends with one."""
        if phrase in self.plurals:
            return list(dict.fromkeys([phrase, self.plurals[phrase]]))
        first, _, last = phrase.rpartition(" ")
        plural = self.plurals.get(last) or _plural(last)
        return [phrase, f"{first} {plural}".strip()]

    def _verb(self, head: str) -> list[str]:
        if head in self.verbs:
            return self.verbs[head]
        first, hyphen, last = head.rpartition("-")
        if hyphen and (last in self.verbs or len(last) > 2):
            return [f"{first}-{form}" for form in self._verb(last)]
        stem = head
        if self._doubles(head):
            stem = head + head[-1]
        if head.endswith("e") and not head.endswith(("ee", "oe", "ye")):
            past, ing = head + "d", head[:-1] + "ing"
        elif head.endswith(("ee", "oe", "ye")):
            past, ing = head + "d", head + "ing"
        elif head.endswith("y") and head[-2:-1] not in _VOWELS:
            past, ing = head[:-1] + "ied", head + "ing"
        else:
            past, ing = stem + "ed", stem + "ing"
        return [_plural(head), past, ing]

    def _doubles(self, head: str) -> bool:
        if head in self.doubling:
            return True
        syllables = sum(a in _VOWELS and b not in _VOWELS for a, b in zip(head, head[1:] + "-", strict=True))
        return (
            syllables == 1
            and len(head) > 2
            and head[-1] not in "aeiouwxyh"
            and head[-2] in _VOWELS
            and head[-3] not in _VOWELS
        )


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("go", "ho")):
        return word + "es"
    return word + "s"
