"""MinHash of a text's word shingles: near-duplicate texts share most of its numbers."""

from __future__ import annotations

import re

from rensa import RMinHash

PERMUTATIONS = 64
SHINGLE = 4
"""Words a shingle; agency copies differ in single words, rewritten reports in most shingles."""
MIN_WORDS = 20
_SEED = 42
_WORD = re.compile(r"\w+")


def fingerprint(text: str) -> list[int]:
    """64 numbers, equal in the share of shingles that two texts have in common; empty below 20 words."""
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return []
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)])
    return list(sketch.digest())
