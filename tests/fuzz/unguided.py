"""Fuzzes one target by Hypothesis, where atheris is not to be had: unguided.py TARGET RUNS SEED."""

from __future__ import annotations

import random
import sys
import time

import hypothesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS, quiet

SLOWEST = 1.0
"""Seconds that an input may take."""


def mutated(seed: bytes, choice: int) -> bytes:
    """The seed with some of its bytes cut out, doubled or changed."""
    dice = random.Random(choice)
    data = bytearray(seed)
    for _ in range(dice.randrange(1, 8)):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.randrange(1, 16))
        piece = bytes(dice.randrange(256) for _ in range(dice.randrange(4)))
        data[at:end] = dice.choice([b"", bytes(data[at:end]) * 2, piece])
    return bytes(data)


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Seeds, seeds that were changed, and any bytes."""
    known = st.sampled_from(seeds(name))
    return st.one_of(known, st.builds(mutated, known, st.integers(0, 2**62)), st.binary(max_size=2000))


def main(name: str, runs: int, seed: int = 0) -> None:
    """Raises what the target raises, with the smallest input that makes it.

    The same seed, where it is not 0, tries the same inputs.
    """

    @settings(max_examples=runs, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs(name))
    def one(data: bytes) -> None:
        begun = time.process_time()
        TARGETS[name](data)
        assert time.process_time() - begun < SLOWEST

    (hypothesis.seed(seed)(one) if seed else one)()


if __name__ == "__main__":
    quiet()
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
