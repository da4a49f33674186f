"""Numbers of a text with their bounds: "at least three", "two dozen", "between 10 and 15"."""

from services.extractor.coding.numbers.finder import NumberMention, find_numbers
from services.extractor.coding.numbers.grammar import value_of

__all__ = ["NumberMention", "find_numbers", "value_of"]
