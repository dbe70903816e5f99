"""Two servers that share a database and nothing else: a job is run once, by one of them."""

from pathlib import Path

import pytest

from tests.drills.house import House, free_port
from tests.waiting import wait_until


@pytest.mark.engines
def test_a_server_that_starts_leaves_the_jobs_of_a_living_one_alone(house: House, tmp_path: Path) -> None:
    house.serve(free_port())
    job = house.sleep_job(3600)
    house.wait_for(job, state="running")
    shared = house.env.get("DATABASE_URL", f"sqlite:///{house.var / 'hongchuang.sqlite3'}")
    (other_var := tmp_path / "other").mkdir()
    other = House(other_var, DATABASE_URL=shared)
    try:
        other.serve(free_port())
        done = house.job(job)["done"]
        row = wait_until(lambda: (row := house.job(job))["done"] > done and row, "the job goes on")
        assert (row["state"], row["attempts"]) == ("running", 1), "it goes on where it is"
    finally:
        other.end()
