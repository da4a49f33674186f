"""The parser loads what the coder reads and nothing else, and parses alike each time."""

from __future__ import annotations

from services.extractor.coding.reading.parse import parse, pipeline

TEXTS = ["Soldiers shelled the village on Monday.", "Two men were killed in an attack by rebels.", "", "x", "\n"]


def _tree(texts: list[str]) -> list[list[tuple[str, str, int]]]:
    return [[(t.text, t.dep_, t.head.i) for t in doc] for doc in parse(texts)]


def test_subject_verb_and_object_are_told() -> None:
    (doc,) = parse(TEXTS[:1])
    deps = {t.text: t.dep_ for t in doc}
    assert deps["Soldiers"] == "nsubj"
    assert deps["shelled"] == "ROOT"
    assert deps["village"] == "dobj"


def test_there_is_a_parse_for_each_text_and_its_tokens_give_the_text_back() -> None:
    docs = list(parse(TEXTS))
    assert [doc.text for doc in docs] == TEXTS


def test_parsing_twice_gives_the_same_trees_alone_or_among_others() -> None:
    whole = _tree(TEXTS)
    assert _tree(TEXTS) == whole
    assert [_tree([text])[0] for text in TEXTS] == whole


def test_one_pipeline_a_process_without_what_is_not_read() -> None:
    assert pipeline() is pipeline()
    assert "parser" in pipeline().pipe_names
    assert "ner" not in pipeline().pipe_names
