"""Two servers that share a database and nothing else: a job is run once, by one of them."""

from pathlib import Path

import pytest

from tests.drills.house import House, free_port


@pytest.mark.engines
def test_a_server_that_starts_leaves_the_jobs_of_a_living_one_alone(house: House, tmp_path: Path) -> None:
    house.serve(free_port())
    job = house.sleep_job(8)
    house.wait_for(job, state="running")
    shared = house.env.get("DATABASE_URL", f"sqlite:///{house.var / 'hongchuang.sqlite3'}")
    (other_var := tmp_path / "other").mkdir()
    other = House(other_var, DATABASE_URL=shared)
    try:
        other.serve(free_port())
        assert house.job(job)["state"] == "running"
        row = house.wait_for(job, state="done")
        assert (row["attempts"], row["result"]) == (1, {"slept": 8})
    finally:
        other.end()
