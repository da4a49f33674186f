"""Tolls of a sentence, read from its surface."""

from services.extractor.coding.tolls.lexicon import Kind
from services.extractor.coding.tolls.mention import TollMention
from services.extractor.coding.tolls.phrases import find_tolls

__all__ = ["Kind", "TollMention", "find_tolls"]
