"""Cuts a sentence into pieces that are evidence and pieces that are not."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Evidence, Sentence

Piece = tuple[str, bool]
"""Text, and whether it is evidence."""


def marked(sentence: Sentence, evidence: Sequence[Evidence]) -> list[Piece]:
    """The sentence's text in pieces that join to it; a span that does not read what it claims is left out."""
    spans = [
        (max(span.start, sentence.start) - sentence.start, min(span.end, sentence.end) - sentence.start)
        for span in evidence
        if span.in_ == sentence.in_ and span.start < sentence.end and sentence.start < span.end
        if _reads(sentence, span)
    ]
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        if start > at:
            pieces.append((sentence.text[at:start], False))
        if pieces and pieces[-1][1]:  # touches or overlaps the one before
            pieces[-1] = (pieces[-1][0] + sentence.text[max(at, start) : end], True)
        else:
            pieces.append((sentence.text[max(at, start) : end], True))
        at = end
    if at < len(sentence.text):
        pieces.append((sentence.text[at:], False))
    return [piece for piece in pieces if piece[0]]


def _reads(sentence: Sentence, span: Evidence) -> bool:
    """A span may run over the sentence's ends: what is within must agree."""
    start, end = span.start - sentence.start, span.end - sentence.start
    return sentence.text[max(start, 0) : max(end, 0)] == span.text[max(-start, 0) : len(sentence.text) - start]
