"""Files that are made from others are current; files that others rely on hold what they must."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from common import translations
from common.limits import docs as limits_docs
from common.machine import lifecycle_docs
from tests.house.code import ROOT

ADDRESS = re.compile(r"https?://|--index-url|--extra-index-url|--find-links|git\+|@ file:", re.IGNORECASE)


def test_the_lifecycle_page_is_current() -> None:
    assert (ROOT / "docs" / "lifecycle.md").read_text() == lifecycle_docs.text(), "run make docs"


def test_the_page_of_limits_is_current() -> None:
    assert (ROOT / "docs" / "limits.md").read_text() == limits_docs.text(), "run make docs"


def test_every_sentence_is_translated() -> None:
    assert not translations.problems(translations.collect())


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_python_lock_file_has_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text()
    assert not ADDRESS.search(lock)
    pinned = re.findall(r"^([A-Za-z0-9_.-]+(?:\[[^\]]*\])?)==\S+(.*?)(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(pinned) > 20
    assert not [package for package, rest in pinned if "--hash=sha256:" not in rest]


def test_what_runs_is_what_was_tested() -> None:
    versions = {
        name: dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    runtime, dev = versions["requirements.lock"], versions["requirements-dev.lock"]
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}


def test_the_browser_lock_file_has_hashes_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: p for name, p in packages.items() if name}
    assert not [name for name, p in installed.items() if "resolved" in p]
    assert not [name for name, p in installed.items() if not p.get("integrity", "").startswith("sha512-")]


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    home = re.compile(r"(?<![\w.])/(home|Users|root|work)/\w")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    names = [n for n in listed.split("\0") if n and not n.endswith((".svg", ".png", ".xlsx", ".lock"))]
    if not names:
        names = [p.relative_to(ROOT).as_posix() for p in ROOT.glob("*/**/*.py") if ".venv" not in p.parts]
    named = [
        n for n in names if (ROOT / n).is_file() and home.search(_text(ROOT / n)) and n != "tests/house/test_files.py"
    ]
    assert not named


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_house_file_is_left_out_of_the_read_me() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text()
        assert not [
            room
            for room in ("rounds/", "ventures/", "delivery/", "reviews/", "funding/", "showcases/", "reports/")
            if room not in text
        ]
