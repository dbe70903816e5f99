"""kill -9 of the serving process in the middle of a job."""

import signal
import subprocess
import sys

import pytest

from tests.drills.house import ROOT, House, free_port, get
from tests.waiting import DEADLINE


@pytest.mark.engines
def test_a_job_whose_process_was_killed_is_finished_once_after_the_next_start(house: House) -> None:
    port = free_port()
    process = house.serve(port)
    job = house.sleep_job(6)
    house.wait_for(job, state="running")
    house.kill_9(process)
    assert house.job(job)["state"] == "running"  # nobody could say goodbye

    process = house.serve(port)
    row = house.wait_for(job, state="done")
    assert (row["attempts"], row["result"], row["done"]) == (2, {"slept": 6}, 60)
    house.ask("jobs.sweep()")
    assert house.job(job)["attempts"] == 2
    assert get(port, "/no-such-page/") == 404  # and the site answers


def test_a_stop_by_sigterm_gives_the_job_back_and_does_not_wait_for_its_end(house: House) -> None:
    process = house.serve(free_port())
    job = house.sleep_job(3600)
    house.wait_for(job, state="running")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=DEADLINE) == 0
    row = house.job(job)
    assert (row["state"], row["attempts"]) == ("queued", 0)


def test_serve_refuses_an_old_database_with_a_sentence(house: House) -> None:
    house.ask("jobs.connection.cursor().execute(\"delete from django_migrations where app = 'common'\") and None")
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", str(free_port())],
        cwd=ROOT,
        env=house.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Run `manage.py migrate`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_serve_in_the_same_folder_is_refused(house: House) -> None:
    house.serve(free_port())
    with pytest.raises(AssertionError, match="already works in"):
        house.manage("serve", "--port", str(free_port()))
