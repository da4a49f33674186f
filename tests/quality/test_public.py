"""What needs public data says so where the data is absent, and the page names every set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality import public

README = Path(public.__file__).parent / "README.md"


def test_without_data_one_line_says_why() -> None:
    assert len(list(public.skipped(None, None))) == 1


def test_without_a_scorer_one_line_says_where_it_was_sought(tmp_path: Path) -> None:
    (line,) = public.skipped(tmp_path, tmp_path / "score.py")
    assert "score.py" in line


def test_each_absent_set_is_named(tmp_path: Path) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text("")
    (tmp_path / "plv.jsonl").write_text("")
    assert public.present(tmp_path) == ["plv"]
    lines = list(public.skipped(tmp_path, scorer))
    assert len(lines) == len(public.SETS) - 1
    assert not any(line.startswith("plv:") for line in lines)


def test_the_scorer_gets_the_folder_and_the_sets_that_are_there(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text("import sys; print(sys.argv[1:]); sys.exit(3)")
    (tmp_path / "plv.jsonl").write_text("")
    assert public.score(tmp_path, scorer) == 3
    told = capfd.readouterr().out
    assert repr(str(tmp_path)) in told
    assert "'--only', 'plv']" in told


@pytest.mark.parametrize("name", public.SETS)
def test_the_page_tells_where_a_set_comes_from(name: str) -> None:
    assert f"| `{name}` |" in README.read_text(encoding="utf-8")
