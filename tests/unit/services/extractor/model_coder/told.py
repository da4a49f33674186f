"""Events as a model tells them, in the words of the protocol."""

from typing import Any


def quote(words: str, sentence: int = 0) -> dict[str, Any]:
    return {"s": sentence, "q": words}


def told(trigger: str, sentence: int = 0, **fields: Any) -> dict[str, Any]:
    """An event of which only the trigger is told, and `fields`."""
    return {
        "trigger": quote(trigger, sentence),
        "sub_event_type": None,
        "plover": None,
        "plover_mode": None,
        "cameo": None,
        "modality": "actual",
        "modality_cue": None,
        "date": None,
        "place": None,
        "actors": [],
        "tolls": [],
        "weapons": [],
        "claimed_by": None,
        "reported_by": None,
        **fields,
    }


def actor(role: str, words: str, sentence: int = 0) -> dict[str, Any]:
    return {"role": role, "who": quote(words, sentence)}


def toll(kind: str, words: str, sentence: int = 0) -> dict[str, Any]:
    return {"kind": kind, "said": quote(words, sentence)}
