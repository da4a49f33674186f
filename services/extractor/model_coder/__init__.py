"""A second coder: a language model at any OpenAI-compatible endpoint proposes, our modules check and resolve."""

from services.extractor.model_coder.coder import CODER, code_article

__all__ = ["CODER", "code_article"]
