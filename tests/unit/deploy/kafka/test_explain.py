from pathlib import Path

import pytest

from deploy.kafka.explain import TAIL, explain


@pytest.mark.parametrize(
    ("told", "advice"),
    [
        ("java.net.BindException: Address already in use", "another port"),
        ("java.io.IOException: No space left on device", "make room"),
        ("# There is insufficient memory for the Java Runtime Environment to continue.", "close other programs"),
        ("Invalid maximum heap size: -Xmxmuch", "such as 384m"),
    ],
)
def test_a_known_cause_gives_one_sentence_that_says_what_to_do(told: str, advice: str) -> None:
    sentence = explain(f"a line\n{told}\n\tat x.y(Z.java:1)\n", Path("/data/server.log"))
    assert advice in sentence
    assert "\n" not in sentence
    assert "/data/server.log" in sentence


def test_an_unknown_cause_gives_the_last_lines_without_the_stack() -> None:
    told = "\n".join([*(f"line {i}" for i in range(100)), "\tat x.y(Z.java:1)", "the end"])
    lines = explain(told, None).splitlines()
    assert len(lines) == TAIL + 1
    assert lines[-2:] == ["  line 99", "  the end"]
    assert "(log" not in lines[0]


def test_silence_is_told_too() -> None:
    assert explain("", None).endswith("nothing at all")
