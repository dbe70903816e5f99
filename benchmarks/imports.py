"""Checking a register of 10,000 organizations with 100 planted errors, beside a bare openpyxl read of the same file.

Every figure is taken in a process of its own (peak memory is the process's), on SQLite. The bare read is openpyxl's
read-only mode, values only, nothing kept; its memory is told twice, alone and in a process in which Django stands too.
What is checked is what the worker does: unpack, read, compare with a register of 10,000, write the findings.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure

ROWS = 10_000
OF_EACH_KIND = 10  # of ten kinds of errors
RUNS = 3
TOWNS = ("当湖街道", "钟埭街道", "曹桥街道", "乍浦镇", "新埭镇", "新仓镇", "广陈镇", "林埭镇", "独山港镇")
HEADINGS = (
    "组织名称", "统一社会信用代码", "类型", "三元管理", "所属镇街道", "成立时间", "登记机关", "业务主管单位",
    "法定代表人", "地址", "电话", "专职人数", "志愿者人数", "党组织形式", "党员数", "开户行", "账号", "上年度年检",
    "评估等级", "评估时间", "评估有效期至",
)  # fmt: skip
BAD, CLEAN, PLANTED = "bad.xlsx", "clean.xlsx", "planted.json"


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as var:
        _in_process("prepare", var)
        with_django = _in_process("bare_with_django", var)
        # Both sides alternate, so that neighbours on the machine disturb both.
        pairs = [(_in_process("bare", var), _in_process("check", var)) for _ in range(RUNS)]
        bare, checked = [b for b, __ in pairs], [c for __, c in pairs]
        stored = _in_process("store", var)
    seconds, peak = median(b["seconds"] for b in bare), median(b["peak"] for b in bare)
    check_seconds, check_peak = median(c["seconds"] for c in checked), median(c["peak"] for c in checked)
    last = checked[-1]
    yield Figure("planted errors not named (row and column)", last["not_named"], "errors", 0)
    yield Figure("errors named that are none", last["invented"], "errors", 0)
    yield Figure("organizations stored of a file with errors", last["half_in"], "rows", 0)
    yield Figure(f"openpyxl read-only, {ROWS} rows: time", round(seconds, 2), "s")
    yield Figure("check: time", round(check_seconds, 2), "s")
    yield Figure("check: time, ratio", round(check_seconds / seconds, 2), "x", 2.0)
    yield Figure("openpyxl read-only: peak memory", peak, "MB")
    yield Figure("openpyxl read-only with Django: peak memory", with_django["peak"], "MB")
    yield Figure("check: peak memory", check_peak, "MB")
    yield Figure("check: peak memory, ratio to openpyxl alone", round(check_peak / peak, 2), "x")
    yield Figure("check: peak memory, ratio", round(check_peak / with_django["peak"], 2), "x", 1.5)
    yield Figure("storing a clean file: time", round(stored["seconds"], 2), "s")
    yield Figure("storing a clean file: peak memory", stored["peak"], "MB")
    yield Figure("organizations of a clean file not stored", stored["missing"], "rows", 0)


def _in_process(what: str, var: str) -> dict[str, Any]:
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BROKER_URL"}}
    env |= {"HONGCHUANG_VAR": var, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.imports", what, var], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


# --- In the process ---------------------------------------------------------------------------------------------------


def main(what: str, var: str) -> None:
    folder = Path(var)
    if what != "bare":
        import django

        django.setup()
    steps = {"prepare": _prepare, "bare": _bare, "bare_with_django": _bare, "check": _check, "store": _store}
    found = steps[what](folder)
    # Linux tells kilobytes, macOS bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)
    print(json.dumps({**found, "peak": peak}))


def _bare(folder: Path) -> dict[str, Any]:
    from openpyxl import load_workbook

    start = time.perf_counter()
    rows = 0
    for _row in load_workbook(folder / BAD, read_only=True).worksheets[0].iter_rows(values_only=True):
        rows += 1
    return {"seconds": time.perf_counter() - start, "rows": rows}


def _check(folder: Path) -> dict[str, Any]:
    from common.errors import Conflict
    from organizations import actions
    from organizations.models import Organization, RegisterImport

    before = Organization.objects.count()
    clerk, import_ = _take_in(folder / BAD)
    start = time.perf_counter()
    _work(import_)
    seconds = time.perf_counter() - start
    import_ = RegisterImport.objects.get(pk=import_.pk)
    named = {(row, column) for row, column, *__ in import_.findings["errors"]}
    planted = {tuple(p) for p in json.loads((folder / PLANTED).read_text())}
    try:
        actions.store_import(import_, by=clerk, sha256=import_.file.sha256)
    except Conflict:
        pass
    else:
        raise RuntimeError("a file with errors was taken")
    return {
        "seconds": seconds,
        "not_named": len(planted - named),
        "invented": len(named - planted) + import_.findings["n_errors"] - len(import_.findings["errors"]),
        "half_in": Organization.objects.count() - before,
    }


def _store(folder: Path) -> dict[str, Any]:
    from organizations import actions
    from organizations.models import Organization, RegisterImport

    before = Organization.objects.count()
    clerk, import_ = _take_in(folder / CLEAN)
    _work(import_)
    import_ = RegisterImport.objects.get(pk=import_.pk)
    import_ = actions.store_import(import_, by=clerk, sha256=import_.file.sha256)
    start = time.perf_counter()
    _work(import_)
    return {"seconds": time.perf_counter() - start, "missing": ROWS - (Organization.objects.count() - before)}


def _take_in(path: Path) -> Any:
    from django.core.files import File

    from common.work import worker
    from organizations import actions
    from tests.factories import a_user

    worker.wake_worker = lambda *a, **k: None  # type: ignore[assignment]  # the job is run right here
    clerk = a_user("clerk", username=f"clerk{os.getpid()}")
    with path.open("rb") as f:
        return clerk, actions.take_in(File(f, name=path.name), by=clerk)


def _work(import_: Any) -> None:
    from common.models import Job
    from common.work import jobs

    jobs.run_job(import_.job_id)
    job = Job.objects.get(pk=import_.job_id)
    if job.state != Job.State.DONE:
        raise RuntimeError(job.error)


# --- The files and the register ---------------------------------------------------------------------------------------


def _prepare(folder: Path) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from organizations.models import Organization, Place, Tier
    from tests.factories import a_credit_code, applicant_kinds

    applicant_kinds()
    Place.objects.bulk_create(Place(code=f"3304821{n:02d}", name=name, tier=Tier.TOWN) for n, name in enumerate(TOWNS))
    place = Place.objects.first()
    assert place
    known = range(1, ROWS + 1)
    Organization.objects.bulk_create(
        Organization(name=f"在册组织{n}", credit_code=a_credit_code(n), management="territorial", place=place)
        for n in known
    )
    rows = [_row(n, a_credit_code(ROWS + n)) for n in range(1, ROWS + 1)]
    _write(folder / CLEAN, rows)
    planted = _plant(rows, [a_credit_code(n) for n in known])
    _write(folder / BAD, rows)
    (folder / PLANTED).write_text(json.dumps(planted))
    return {}


def _row(n: int, code: str) -> list[Any]:
    return [
        f"演示社会组织第{n}号", code, "社会团体", ("属地", "行业", "兜底")[n % 3], TOWNS[n % len(TOWNS)],
        date(2000 + n % 20, n % 12 + 1, n % 28 + 1), "平湖市民政局", "平湖市演示主管单位", f"演示负责人{n}",
        f"平湖市演示路{n}号", f"0573-8{n:07d}", n % 9, n % 90, ("单建", "联建", "无")[n % 3], n % 30,
        "演示银行平湖支行", f"62000000{n:08d}", "合格", "3A", date(2018, 6, 1), date(2023, 5, 31),
    ]  # fmt: skip


def _plant(rows: list[list[Any]], registered: list[str]) -> list[tuple[int, str]]:
    """Put the errors in, each into a row of its own; (row as Excel counts it, heading) of each."""
    kinds: list[tuple[str, Any]] = [
        ("统一社会信用代码", lambda n, row: rows[n - 5][1]),  # the same code twice in the file
        ("组织名称", lambda n, row: row.__setitem__(1, registered[n]) or row[0]),  # another's code in the register
        ("统一社会信用代码", lambda n, row: row[1][:-1] + ("A" if row[1][-1] != "A" else "B")),  # check digit
        ("组织名称", lambda n, row: "长" * 300),
        ("成立时间", lambda n, row: "2014-02-30"),
        ("所属镇街道", lambda n, row: "无此镇"),
        ("统一社会信用代码", lambda n, row: 513304820000000000 + n),  # what Excel makes of digits
        ("专职人数", lambda n, row: "三名"),
        ("电话", lambda n, row: "12345"),
        ("账号", lambda n, row: 6.2e15 + n),
    ]
    planted = []
    for k, (heading, spoil) in enumerate(kinds):
        for i in range(OF_EACH_KIND):
            n = 50 + (k * OF_EACH_KIND + i) * 97
            rows[n][HEADINGS.index(heading)] = spoil(n, rows[n])
            planted.append((n + 3, heading))
    return planted


def _write(path: Path, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(["平湖市社会组织名册(演示数据)"])
    sheet.append(list(HEADINGS))
    for row in rows:
        sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
