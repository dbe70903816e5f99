"""What every test stands on: databases, clean folders, a browser; and which parts were really run."""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from xdist.scheduler import LoadScopeScheduling

from tests.parts import broker_url, chromium_path, soffice_path
from tests.waiting import DEADLINE

# Playwright's synchronous API keeps an event loop on the thread of the test, which only looks asynchronous to Django.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    # PBKDF2 is slow on purpose; tests log in hundreds of times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Nearly all that is made while tests run lives to their end; to look through it for garbage again and again took 5 %.
    gc.set_threshold(50_000, 20, 50)
    # Static files are looked up when they are asked for, instead of all of them for each client of each test.
    settings.WHITENOISE_AUTOREFRESH = True
    # By the names that they have in the rooms, whatever was collected here once.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # Tests of the second factor ask for it themselves; everybody else is logged in by force_login.
    settings.REQUIRE_SECOND_FACTOR = False
    # A slow machine is no fault of what is tested.
    hypothesis.settings.register_profile(
        "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("house")
    config.pluginmanager.import_plugin("tests.tally")
    config.pluginmanager.import_plugin("tests.laws")


# --- On which worker, and when ----------------------------------------------------------------------------------------

# These begin first, so that no worker ends with one of them while the others have nothing to do.
LONG = (
    "tests/drills/", "tests/web/test_whole_corpus.py", "tests/journeys/", "tests/simulation/", "tests/reports/",
    "tests/house/test_access.py", "tests/web/test_nasty_input.py", "tests/web/test_corpus.py",
)  # fmt: skip
# A file is run by one worker, because its tests may share a world. A folder whose files share one (or a broker, on which
# two workers of one name would lock each other out) is, too; and what shares nothing and takes minutes goes test by test.
# (By node ids, not by marks: the scheduler of pytest-xdist knows nothing else.)
FOLDERS = ("tests/drills/", "tests/reports/")
TEST_BY_TEST = ("tests/drills/test_guards.py", "tests/web/test_whole_corpus.py")


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(TEST_BY_TEST):
            return nodeid
        return next((folder for folder in FOLDERS if nodeid.startswith(folder)), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    config.option.loadscopereorder = False  # not by the number of tests: LONG says what takes long
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG)))
    for item in items:
        # pytest-django makes a database only where a test asks for one: a shared world would go into the user's own.
        if "django_db_setup" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
        # A browser is a machine of many processes, of which one may be late or die for reasons that are not ours.
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose part is absent is skipped and counted; REQUIRE_ALL=1 makes that a failure (tests/tally.py)."""
    if item.get_closest_marker("browser") and not chromium_path():
        pytest.skip("no Chromium")
    if item.get_closest_marker("libreoffice") and not soffice_path():
        pytest.skip("no LibreOffice")
    if item.get_closest_marker("broker") and not broker_url():
        pytest.skip("no broker")
    if item.get_closest_marker("postgres") and "postgres" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("no PostgreSQL")


# --- Databases --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite as in production: a file in WAL mode, not memory, so that threads and processes really meet."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a transactional test Django empties every table; on SQLite the append-only triggers would refuse that.

    They come back by themselves: emptying ends with post_migrate.
    """
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])))
    if not transactional and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    # Set up after the database, so that this ends before the database's own end.
    request.getfixturevalue("transactional_db")
    yield
    from common.machine.triggers import drop_delete_guards

    drop_delete_guards()


@pytest.fixture(scope="module")
def module_db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The database for a world that a module builds once (a fixture of scope "module" that asks for this one). It is taken
    back after the module; what a test changes, after the test. Transactional tests need a module of their own."""
    folder = tmp_path_factory.mktemp("module")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "files"), transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- Folders ----------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> None:
    """Files and mail of a test stay in its own folder; files beside those of its module's world, if it has one."""
    if "module_db" not in request.fixturenames:
        settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    cache.clear()  # people of another test may have the same keys
    settings.BACKUP_DIR = str(tmp_path / "backups")


# --- Machines beside us -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def soffice() -> str:
    """Path of LibreOffice. Give each run its own profile: -env:UserInstallation=file:///…"""
    path = soffice_path()
    assert path
    return path


@pytest.fixture(scope="session")
def broker() -> str:
    """URL of the broker."""
    url = broker_url()
    assert url
    return url


@pytest.fixture(scope="session")
def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium (playwright Browser)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh page, 1280 × 800, in Chinese."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
    )
    context.set_default_timeout(DEADLINE * 1000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def pdftoppm() -> str | None:
    return shutil.which("pdftoppm")
