from __future__ import annotations

import json

from click.testing import CliRunner

from services.incidents import gather, incidents
from tests.messages import event, message

BOMB = "A suicide bomber killed twelve people at a market in Maiduguri, Nigeria, on Monday, police said."
LINES = [
    {"id": "a", "text": BOMB, "published_at": "2024-03-12", "source": {"name": "Agency"}},
    {"id": "b", "text": f"MAIDUGURI - {BOMB}", "published_at": "2024-03-12", "source": {"name": "Paper"}},
    {"id": "c", "text": "Gunmen killed two farmers near Gao, Mali, on Sunday.", "published_at": "2024-03-12"},
    {"id": "d", "text": "The rains came late to much of Mali this year.", "published_at": "2024-03-12"},
]


def run(*arguments: str) -> tuple[str, str, int]:
    lines = "\n".join([*(json.dumps(line) for line in LINES), '{"id": "e"}'])
    result = CliRunner().invoke(incidents, [*arguments, "--workers", "1"], input=lines)
    return result.stdout, result.stderr, result.exit_code


def test_lines_tell_which_articles_report_an_incident() -> None:
    out, err, status = run("--jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert sorted(sorted(report["article_id"] for report in one["reports"]) for one in found) == [["a", "b"], ["c"]]
    assert all(report["main"] for one in found for report in one["reports"])
    assert {one["event"]["sub_event_type"] for one in found} == {"Suicide bomb", "Attack"}
    assert "e" in err
    assert status == 0


def test_people_get_a_line_an_incident() -> None:
    out, _, _ = run()
    assert [line.split()[0] for line in sorted(out.splitlines())] == ["2024-03-10", "2024-03-11"]
    assert "2 reports" in out


def test_the_newest_version_of_an_article_stands() -> None:
    first, second = message("a", version=0), message("a", [], version=1)
    assert len(gather([first])) == 1
    assert gather([second, first]) == gather([first, second]) == []


def test_an_incident_is_named_after_its_first_report() -> None:
    told = {"keywords": ["Ost", "Rashid", "well"]}
    found = gather([message("b", source={"name": "B"}, **told), message("a", source={"name": "A"}, **told)])
    assert [[report.article_id for report in one.reports] for one in found] == [["a", "b"]]
    assert found[0].reports[0].event_id == event("a").id
