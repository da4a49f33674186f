"""What find_tolls gives."""

from __future__ import annotations

from dataclasses import dataclass

from services.extractor.coding.tolls.lexicon import Kind, Side, toll_words


@dataclass(frozen=True, slots=True)
class TollMention:
    """One toll; `text` is `sentence[start:end]` and holds the number, those harmed and the word for the harm.

    Numbers are as those of `NumberMention`. Without a number: one person ("a soldier", "Ahmed Khan", "his wife") is
    1/1/1; a plural ("soldiers were killed") is at least two, 2/null/null and `vague`; "deadly" is 1/null/null and
    `vague`; "killing and wounding 30" leaves the share open, 1/null/30.
    """

    kind: Kind
    start: int
    end: int
    text: str
    low: int | None
    best: int | None
    high: int | None
    who: str | None = None
    parts: tuple[tuple[str, int | None], ...] = ()
    """Those of them that the text counts apart: ("children", 4)."""
    total: bool = False
    """A sum told as such: "the death toll rose to 10"."""
    corrected: bool = False
    """A sum that takes the place of an earlier one: "the toll rose to 10", "corrected to 17"."""
    superseded: bool = False
    """A number whose place another has taken: "an earlier toll of 21"."""
    past: bool = False
    """Of another time: of a war, of years, "since 2011", "this year"."""
    attackers: bool = False
    """Those harmed did the harm: "the bomber", "two attackers"."""
    vague: bool = False
    number: bool = False
    """A number of the text stands behind it."""

    @property
    def side(self) -> Side:
        """On which side of a clash they stood."""
        return "armed" if self.attackers else toll_words().side(self.who)

    @property
    def value(self) -> int | None:
        """The best number, else the least."""
        return self.best if self.best is not None else self.low
