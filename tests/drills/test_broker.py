"""The same code with PostgreSQL, a broker and `celery -A config worker` as a process of its own."""

import subprocess
import sys

import pytest

from tests.drills.house import House, free_port

pytestmark = [pytest.mark.broker, pytest.mark.postgres]


def start_worker(house: House, times: int = 1) -> subprocess.Popen[bytes]:
    # A name of its own: two workers of one name share a reply queue, and RabbitMQ refuses the second.
    name = f"{house.env['DRILL_QUEUE']}@%h"
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", name, "-c", "2", "--loglevel", "INFO"]
    process = house.start(*command, log="worker.log")
    house.until_it_says(process, "worker.log", " ready.", times)
    return process


def test_a_separate_worker_does_the_job(house_with_broker: House) -> None:
    house = house_with_broker
    start_worker(house)
    job = house.sleep_job(0.5)
    row = house.wait_for(job, state="done")
    assert (row["attempts"], row["result"]) == (1, {"slept": 0.5})


def test_what_was_asked_for_while_the_broker_was_down_is_done_when_it_is_back(house_with_broker: House) -> None:
    house = house_with_broker
    scheme = house.env["BROKER_URL"].partition(":")[0]
    job = house.sleep_job(0.1, BROKER_URL=f"{scheme}://127.0.0.1:{free_port()}//")  # nobody listens there
    assert house.job(job)["state"] == "queued"
    start_worker(house)  # the sweeper beside it finds the row
    assert house.wait_for(job, state="done")["attempts"] == 1


def test_serve_with_a_broker_leaves_the_work_to_the_workers(house_with_broker: House) -> None:
    house = house_with_broker
    house.serve(free_port())
    job = house.sleep_job(0.1)
    assert house.job(job)["state"] == "queued"
    start_worker(house)
    house.wait_for(job, state="done")


@pytest.mark.slow
def test_a_job_whose_worker_was_killed_is_finished_once_by_the_next_one(house_with_broker: House) -> None:
    """The row is stale only after 30 s; until then the message that the broker gives back finds nothing to claim."""
    house = house_with_broker
    process = start_worker(house)
    job = house.sleep_job(6)
    house.wait_for(job, state="running")
    house.kill_9(process)
    start_worker(house, times=2)
    row = house.wait_for(job, state="done")
    assert (row["attempts"], row["result"]) == (2, {"slept": 6})
