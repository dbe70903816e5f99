"""A worker process of its own, for test_kill: `python -m tests.reports.worker_to_kill prepare|rows|file|finish JOB`.

`rows` and `file` get stuck at a known point, so that the test can kill them there.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
FOREVER = 120


def prepare() -> None:
    from django.core.management import call_command

    from reports.actions import request_workbook
    from tests.reports import data

    call_command("migrate", verbosity=0)
    world = data.full_world()
    job = request_workbook(world.round, by=data.user("clerk", data.Role.CLERK))
    print(job.pk, flush=True)


def run(step: str, job_id: str) -> None:
    from common.work import jobs
    from reports.writer import file, paper

    if step == "rows":
        lay_out = paper.Paper.lay_out

        def stuck_after_two_sheets(self: paper.Paper) -> None:
            if self.sheet.name == "评分明细":
                print("stuck", flush=True)
                time.sleep(FOREVER)
            lay_out(self)

        paper.Paper.lay_out = stuck_after_two_sheets  # type: ignore[method-assign]
    if step == "file":

        def stuck(*args: object) -> None:
            print("stuck", flush=True)
            time.sleep(FOREVER)

        file.os.replace = stuck  # type: ignore[assignment]
    jobs.adopt_orphans()  # what a serving process does when it starts
    print(jobs.run_job(job_id), flush=True)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "prepare":
        prepare()
    else:
        run(sys.argv[1], sys.argv[2])
