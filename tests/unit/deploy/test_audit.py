"""A finding fails the audit, an answered one does not, and a database that cannot be asked is said and is none."""

from pathlib import Path
from typing import Any

import pytest

from deploy import audit
from deploy.audit import Answer, answers, known_holes, unasked, weak_code

FOUND = {"test_id": "B101", "filename": "./services/a.py", "line_number": 3, "issue_text": "assert."}
HOLE = {"id": "GHSA-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}
VULNERABLE = {
    "dependencies": [{"name": "p", "version": "1.0", "vulns": [HOLE]}, {"name": "q", "version": "1", "vulns": []}]
}
SKIPPED = {"dependencies": [{"name": "p", "skip_reason": "not found"}, {"name": "q", "version": "1", "vulns": []}]}
CLEAN: dict[str, Any] = {"errors": [], "results": []}


def answer(name: str, *where: str) -> Answer:
    return Answer(id=name, where=list(where), answer="why")


def test_weak_code_needs_an_answer_for_its_file() -> None:
    report = {"errors": [], "results": [FOUND]}
    assert weak_code(report, []) == ["services/a.py:3: B101 assert."]
    assert weak_code(report, [answer("B101", "services/a.py")]) == []
    assert len(weak_code(report, [answer("B101", "services/b.py")])) == 2


def test_an_answer_that_nothing_needs_and_a_file_that_was_not_read_are_told() -> None:
    assert "does not find" in weak_code(CLEAN, [answer("B101", "services/a.py")])[0]
    assert "could not read" in weak_code({"errors": [{"filename": "x", "reason": "y"}], "results": []}, [])[0]


@pytest.mark.parametrize(("name", "package", "holes"), [("GHSA-1", "p", 0), ("CVE-1", "p", 0), ("GHSA-1", "q", 1)])
def test_a_known_hole_needs_an_answer_for_its_package(name: str, package: str, holes: int) -> None:
    assert known_holes(VULNERABLE, []) == ["p 1.0: GHSA-1, mended in ['2.0']"]
    assert len(known_holes(VULNERABLE, [answer(name, package)])) == holes


def test_packages_without_a_word_are_counted_and_no_finding() -> None:
    assert unasked(SKIPPED) == (1, 2)
    assert known_holes(SKIPPED, []) == []


@pytest.mark.parametrize(
    ("reports", "status", "said"),
    [
        ((CLEAN, SKIPPED), 0, "NOT AUDITED: pip-audit got no word from its database about 1 of 2 packages"),
        ((CLEAN, None), 0, "NOT AUDITED: pip-audit could not do its work"),
        ((CLEAN, VULNERABLE), 1, "p 1.0: GHSA-1"),
        (({"errors": [], "results": [FOUND]}, None), 1, "services/a.py:3: B101"),
        ((None, None), 1, "bandit did not work"),
    ],
)
def test_what_fails_and_what_is_only_said(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, reports: tuple[Any, Any], status: int, said: str
) -> None:
    monkeypatch.setattr(audit, "_run", lambda module, *_: (reports[module == "pip_audit"], "no network"))
    monkeypatch.setattr(audit, "answers", lambda: audit.Answers(bandit=[], pip_audit=[]))
    assert audit.main() == status
    assert said in capsys.readouterr().out


def test_a_tool_that_says_nothing_readable_is_told_by_its_last_words(tmp_path: Path) -> None:
    report, words = audit._run("this_is_no_module")
    assert report is None
    assert "No module named" in words


def test_every_answer_says_why_about_files_that_are_there() -> None:
    for one in answers().bandit:
        assert len(one.answer) > 20
        assert all((audit.ROOT / file).is_file() for file in one.where)
