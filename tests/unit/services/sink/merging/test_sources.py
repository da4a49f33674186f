from __future__ import annotations

from services.sink.merging.sources import independent
from tests.unit.services.sink.merging.build import report


def test_each_outlet_is_a_source() -> None:
    assert len(independent([report("a"), report("b")])) == 2


def test_several_articles_of_one_outlet_are_one_source() -> None:
    assert len(independent([report("a", source="The Post"), report("b", source=" the post")])) == 1


def test_copies_of_one_text_are_one_source() -> None:
    marks = {"fingerprint": list(range(64))}
    nearly = {"fingerprint": [*range(40), *range(100, 124)]}
    other = {"fingerprint": [*range(20), *range(200, 244)]}
    sources = independent([report("a", about=marks), report("b", about=nearly), report("c", about=other)])
    assert [[r.article.article_id for r in source] for source in sources] == [["a", "b"], ["c"]]
