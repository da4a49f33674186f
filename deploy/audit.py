"""Looks for weak code by bandit and for packages with known holes by pip-audit: `make audit`.

A finding must be mended or answered in audit.yaml. Where pip-audit cannot ask its database, that is said and is no
finding: whether a run passes must not depend on whose network it has.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(__file__).resolve().parent.parent
CODE = ("services", "schemas", "deploy")
LOCK = "requirements-dev.lock"
"""The lock with all packages of the others."""
PATIENCE = 300
"""Seconds for either tool."""
_SHOWN = 300


class Answer(BaseModel):
    """Why a finding may stay."""

    model_config = ConfigDict(extra="forbid")

    id: str
    where: list[str]
    """The files, or the packages, that it is about."""
    answer: str


class Answers(BaseModel):
    """The file audit.yaml."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True)

    bandit: list[Answer]
    pip_audit: list[Answer] = Field(alias="pip-audit")


def answers() -> Answers:
    """What audit.yaml says. Raises pydantic.ValidationError."""
    return Answers.model_validate(yaml.safe_load((ROOT / "deploy" / "audit.yaml").read_text(encoding="utf-8")))


def weak_code(report: dict[str, Any], known: Sequence[Answer]) -> list[str]:
    """What bandit's report holds that has no answer, and answers that nothing needs."""
    open_ = {(one.id, file): False for one in known for file in one.where}
    told = [f"bandit could not read {error['filename']}: {error['reason']}" for error in report["errors"]]
    for found in report["results"]:
        key = (found["test_id"], found["filename"].removeprefix("./"))
        if key in open_:
            open_[key] = True
        else:
            told.append(f"{key[1]}:{found['line_number']}: {key[0]} {found['issue_text']}")
    return told + [
        f"audit.yaml answers {name} in {file}, which bandit does not find"
        for (name, file) in open_
        if not open_[name, file]
    ]


def known_holes(report: dict[str, Any], known: Sequence[Answer]) -> list[str]:
    """What pip-audit's report holds that has no answer."""
    answered = {(one.id, package) for one in known for package in one.where}
    return [
        f"{package['name']} {package['version']}: {hole['id']}, mended in {hole['fix_versions'] or 'no version'}"
        for package in report["dependencies"]
        for hole in package.get("vulns", ())
        if not any((name, package["name"]) in answered for name in (hole["id"], *hole["aliases"]))
    ]


def unasked(report: dict[str, Any]) -> tuple[int, int]:
    """How many packages pip-audit got no word about, and of how many."""
    return sum("skip_reason" in package for package in report["dependencies"]), len(report["dependencies"])


def _run(module: str, *arguments: str) -> tuple[dict[str, Any] | None, str]:
    """The tool's report, or None and its last words."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return None, f"no end after {PATIENCE} s"
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        words = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        return None, words[-1][-_SHOWN:]
    return report, ""


def _holes(known: Sequence[Answer]) -> list[str]:
    report, words = _run(
        "pip_audit", "--disable-pip", "--no-deps", "-r", LOCK, "-f", "json", "--progress-spinner", "off"
    )
    if report is None:
        sys.stdout.write(f"NOT AUDITED: pip-audit could not do its work, so packages were not looked up ({words}).\n")
        return []
    skipped, everything = unasked(report)
    if skipped:
        sys.stdout.write(
            f"NOT AUDITED: pip-audit got no word from its database about {skipped} of {everything} packages.\n"
        )
    else:
        sys.stdout.write(f"pip-audit: {everything} packages looked up.\n")
    return known_holes(report, known)


def main() -> int:
    """Exit status 1 for a finding without an answer."""
    known = answers()
    report, words = _run("bandit", "-q", "-r", *CODE, "-f", "json")
    told = weak_code(report, known.bandit) if report is not None else [f"bandit did not work: {words}"]
    told += _holes(known.pip_audit)
    for line in told:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"audit: {len(told)} findings without an answer\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
