"""What was confirmed survives a loss of power."""

import sqlite3

from tests.drills.house import House


def test_what_sqlite_confirms_is_on_the_disk(house: House) -> None:
    said = house.ask("jobs.connection.cursor().execute('PRAGMA synchronous').fetchone()[0]")
    assert said == 2, "FULL: each commit waits for the disk"
    assert house.ask("jobs.connection.cursor().execute('PRAGMA journal_mode').fetchone()[0]") == "wal"
    assert sqlite3.connect(house.var / "hongchuang.sqlite3").execute("PRAGMA integrity_check").fetchone() == ("ok",)
