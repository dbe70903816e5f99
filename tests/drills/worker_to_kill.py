"""A worker process of its own, for test_killed_report: `python -m tests.drills.worker_to_kill prepare|rows|file|finish JOB`.

`rows` and `file` get stuck at a known point, so that the test can kill them there.
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def prepare() -> None:
    from reports.actions import request_workbook
    from tests.reports import data

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
                signal.pause()
            lay_out(self)

        paper.Paper.lay_out = stuck_after_two_sheets  # type: ignore[method-assign]
    if step == "file":

        def stuck(*args: object) -> None:
            print("stuck", flush=True)
            signal.pause()

        file.os.replace = stuck  # type: ignore[assignment]
    jobs.adopt_orphans("the drill")  # what a serving process does when it starts
    print(jobs.run_job(job_id), flush=True)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "prepare":
        prepare()
    else:
        run(sys.argv[1], sys.argv[2])
