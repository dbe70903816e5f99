"""No test looks at a clock to say how fast something was, and none sleeps for a fixed time: on a machine that has much to
do both fall by chance. What is waited for is looked for, by tests/waiting.py. How fast the house is: benchmarks/."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.code import ROOT

ALLOWED = "tests/waiting.py"
# Asked of any object: a module, a page of a browser.
CLOCKS = {
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
    "monotonic",
    "monotonic_ns",
    "thread_time",
}
SLEEPS = {"sleep"}
BROWSER_SLEEP = "wait_for_timeout"  # between two looks of wait_until a browser needs it, to go on meanwhile
WAITS = {"wait", "join", "result", "set_default_timeout"}


def offences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    pauses = {id(k.value) for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords if k.arg == "pause"}
    between_looks = {id(inside) for n in ast.walk(tree) if id(n) in pauses for inside in ast.walk(n)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            names = {alias.name for alias in node.names}
            if names & (CLOCKS | SLEEPS):
                yield node.lineno, f"imports {', '.join(sorted(names))}"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        if name in CLOCKS or name in SLEEPS or (name == BROWSER_SLEEP and id(node) not in between_looks):
            yield node.lineno, ast.unparse(node)
        elif name in WAITS and any(_is_number(a) for a in (*node.args, *(k.value for k in node.keywords))):
            yield node.lineno, f"{ast.unparse(node)}: a deadline of its own instead of DEADLINE"


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in {int, float}


def test_no_test_sleeps_or_measures_time() -> None:
    files = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path != ROOT / ALLOWED]
    assert len(files) > 100
    found = [
        f"{path.relative_to(ROOT)}:{line} {what}"
        for path in files
        for line, what in offences(ast.parse(path.read_text()))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "bad",
    [
        "time.sleep(0.5)", "from time import sleep", "assert time.process_time() - begun < 2", "page.wait_for_timeout(600)",
        "started.wait(timeout=2)", "thread.join(10)", "context.set_default_timeout(15_000)",
    ],
)  # fmt: skip
def test_this_is_seen(bad: str) -> None:
    assert list(offences(ast.parse(bad)))


@pytest.mark.parametrize(
    "good",
    [
        "wait_until(lambda: held, 'it is held', pause=lambda: page.wait_for_timeout(20))", "started.wait(timeout=DEADLINE)",
        "', '.join(names)", "together.wait()", "page.wait_for_selector('#saved')",
    ],
)  # fmt: skip
def test_this_is_not(good: str) -> None:
    assert not list(offences(ast.parse(good)))
