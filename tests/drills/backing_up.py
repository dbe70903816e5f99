"""An installation at work, and the parts of a set that was made of it."""

import subprocess
import sys
from pathlib import Path

from tests.drills.house import ROOT, House

PEOPLE = "tests.drills.saving"


def people(house: House, what: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", PEOPLE, what]
    return subprocess.Popen(command, cwd=ROOT, env=house.env, stdout=subprocess.PIPE, text=True)


def back_up(house: House) -> Path:
    return Path(house.manage("backup").strip())


def database(folder: Path) -> Path:
    return next(folder.glob("database.*"))


def file(folder: Path) -> Path:
    return next(path for path in (folder / "files").rglob("*") if path.is_file())
