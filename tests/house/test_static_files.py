"""Static files as a real installation serves them: by names that change with their content, and kept for a year."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import RequestFactory, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

HASHED = re.compile(r"\.[0-9a-f]{12}\.(js|css|svg)$")
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "common.site.static_files.HashedStorage"}}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages, WHITENOISE_AUTOREFRESH=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def answer(url: str):
    return WhiteNoiseMiddleware(lambda request: None)(RequestFactory().get(url))


@pytest.mark.parametrize("name", ["common/house.js", "common/house.css", "tabler/css/tabler.min.css"])
def test_a_static_file_has_a_name_of_its_content_and_lives_for_a_year(collected, name):
    url = staticfiles_storage.url(name)
    assert HASHED.search(url)
    # whitenoise says ten years, which is at least one
    age = re.fullmatch(r"max-age=(\d+), public, immutable", answer(url).headers["Cache-Control"])
    assert age and int(age[1]) >= 365 * 24 * 3600
    assert "immutable" not in answer(f"/static/{name}").headers["Cache-Control"]


def test_scripts_import_each_other_by_hashed_names(collected):
    imported = {
        (path.name, target)
        for path in Path(collected).rglob("*.js")
        if HASHED.search(path.name) and "tabler" not in path.parts and "django_htmx" not in path.parts
        for target in IMPORT.findall(path.read_text(encoding="utf-8"))
    }
    assert len(imported) > 5
    assert [found for found in imported if not HASHED.search(found[1])] == []


def test_a_static_file_goes_out_compressed(collected):
    request = RequestFactory().get(
        staticfiles_storage.url("tabler/css/tabler.min.css"), headers={"Accept-Encoding": "gzip"}
    )
    assert WhiteNoiseMiddleware(lambda request: None)(request).headers["Content-Encoding"] == "gzip"


def test_without_collected_files_the_plain_name_works(tmp_path):
    from common.site.static_files import HashedStorage

    assert (
        HashedStorage(location=str(tmp_path), base_url="/static/").url("common/house.js") == "/static/common/house.js"
    )
