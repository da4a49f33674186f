"""The coder: an article's text to conflict events, a pure library that knows no Kafka."""

from services.extractor.coding.coder import CODER, code_article

__all__ = ["CODER", "code_article"]
