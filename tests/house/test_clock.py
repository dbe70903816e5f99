"""Time is asked of common.clock, so that a past round can be played again."""

import ast

from tests.house.code import nodes

NAIVE = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "date.today", "datetime.now", "datetime.today",
    "datetime.utcnow", "datetime.date.today", "datetime.datetime.now", "time.time",
}  # fmt: skip
# About this machine, not about the round that is played: leases, retries, heartbeats, logins, seeds of the clock itself.
MACHINE_TIME = {
    "accounts/session_limits.py",
    "common/site/arrival.py",
    "common/clock.py",
    "common/files/storing.py",
    "common/health.py",
    "common/work/heartbeat.py",
    "common/work/jobs.py",
    "common/work/outbox.py",
    "common/work/worker.py",
    "common/models/work.py",
    "common/work/tasks.py",
}


def test_nobody_looks_at_the_machine_s_clock() -> None:
    found = []
    for where, node in nodes():
        if where in MACHINE_TIME:
            continue
        # `timezone.localtime(moment)` turns a moment that is given; without one it asks the clock.
        if isinstance(node, ast.Call) and not node.args and ast.unparse(node.func) in NAIVE:
            found.append(f"{where}:{node.lineno} {ast.unparse(node)}")
        if isinstance(node, ast.keyword) and node.arg == "default" and ast.unparse(node.value) in NAIVE:
            found.append(f"{where}:{node.value.lineno} {ast.unparse(node.value)}")
    assert not found
