"""What needs public data says so where the data is absent, and the page names every set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality import public

README = Path(public.__file__).parent / "README.md"


def test_without_data_one_line_says_why() -> None:
    assert len(list(public.skipped(None, None))) == 1


def test_without_scorers_a_line_for_each_says_where_it_was_sought(tmp_path: Path) -> None:
    lines = list(public.skipped(tmp_path, tmp_path / "eval"))
    assert len(lines) == len(public.TASKS)
    assert all("eval" in line for line in lines)


def test_each_absent_set_is_named(tmp_path: Path) -> None:
    for task in public.TASKS:
        (tmp_path / task.scorer).write_text("")
    (tmp_path / "plv.jsonl").write_text("")
    (tmp_path / "incidents_gva.jsonl").write_text("")
    assert [task.present(tmp_path) for task in public.TASKS] == [["plv"], ["gva"]]
    lines = list(public.skipped(tmp_path, tmp_path))
    assert len(lines) == sum(len(task.sets) for task in public.TASKS) - 2
    assert not any(line.startswith(("plv:", "gva:")) for line in lines)


def test_a_scorer_gets_the_folder_the_command_and_the_sets_that_are_there(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for task, status in zip(public.TASKS, (3, 0), strict=True):
        (tmp_path / task.scorer).write_text(f"import sys; print(sys.argv[1:]); sys.exit({status})")
    (tmp_path / "plv.jsonl").write_text("")
    (tmp_path / "incidents_gvc.jsonl").write_text("")
    assert public.score(tmp_path, tmp_path) == 3
    events, incidents = capfd.readouterr().out.splitlines()
    assert repr(str(tmp_path)) in events
    assert "'--only', 'plv']" in events
    assert "'--only', 'gvc']" in incidents
    assert "incidents --jsonl" in incidents


@pytest.mark.parametrize("name", [name for task in public.TASKS for name in task.sets])
def test_the_page_tells_where_a_set_comes_from(name: str) -> None:
    assert f"| `{name}` |" in README.read_text(encoding="utf-8")
