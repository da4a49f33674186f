"""What the model is sent: the instructions, and the article as numbered sentences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from services.extractor.coding.reading.sentences import Sentence
from services.extractor.model_coder.answer import response_format

_CHARACTERS = 3
"""Characters a token, on the safe side: English has about four, a schema fewer."""


@cache
def instructions() -> str:
    """What is asked, the same for every article, so that endpoints can cache it."""
    return files("services.extractor.model_coder").joinpath("instructions.txt").read_text(encoding="utf-8")


def messages(sentences: Sequence[Sentence], published: dt.date | None) -> list[dict[str, str]]:
    """The conversation of one request; each sentence stands on a line of its own, as a JSON string.

    Quoted so, no sentence can look like another's beginning or like the end of the article.
    """
    lines = [f"published: {published.isoformat() if published else 'unknown'}"]
    lines += [f"{number}: {json.dumps(s.text, ensure_ascii=False)}" for number, s in enumerate(sentences)]
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": "\n".join(lines)}]


def tokens(conversation: Sequence[dict[str, str]]) -> int:
    """About how many tokens the conversation and the answer's schema are."""
    return sum(map(estimate, (m["content"] for m in conversation))) + estimate(json.dumps(response_format()))


def estimate(text: str) -> int:
    """About how many tokens a text is, rather more than fewer."""
    return len(text) // _CHARACTERS + 1
