"""Counts tests by outcome and by the parts they need, for the one table at the end of `make test` (tests/run.py)."""

import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

PARTS = ("postgres", "broker", "browser", "libreoffice")

_outcomes: dict[str, str] = {}
_parts: dict[str, set[str]] = defaultdict(set)
_why: dict[str, str] = {}
_again: set[str] = set()  # failed, and were run a second time


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _parts[report.nodeid].update(part for part in PARTS if part in report.keywords)
    if report.outcome == "rerun":
        _again.add(report.nodeid)
    elif report.failed:
        _outcomes[report.nodeid] = "failed"
    elif report.skipped:
        _outcomes[report.nodeid] = "skipped"
        _why[report.nodeid] = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    elif report.when == "call":
        _outcomes.setdefault(report.nodeid, "passed")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workerinput"):
        return
    if target := os.environ.get("TALLY"):
        Path(target).write_text(json.dumps(summary()))
    if os.environ.get("REQUIRE_ALL") == "1" and "skipped" in _outcomes.values() and exitstatus == 0:
        session.exitstatus = 1


def summary() -> dict[str, Any]:
    """{"all": {outcome: n}, "parts": {part: {outcome: n}}, "skipped": {reason: n}, "again": [test]}

    "again" is also counted like an outcome, beside the one of the second time.
    """
    parts: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    everything: Counter[str] = Counter()
    for nodeid, outcome in (*_outcomes.items(), *((nodeid, "again") for nodeid in _again)):
        everything[outcome] += 1
        for part in _parts[nodeid]:
            parts[part][outcome] += 1
    return {
        "all": everything,
        "parts": parts,
        "skipped": Counter(_why.values()),
        "again": sorted(_again),
    }
