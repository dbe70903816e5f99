"""Static files by hashed names, so that a browser may keep them for a year; scripts import each other by them, too."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Not collected, as it names files that are not brought: pages of the workflow library, extras of Tabler and htmx.
UNUSED = ["viewflow", "tabler-*", "django_htmx/ext/*"]


class FolderFinder(FileSystemFinder):
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or ()), *UNUSED])


class AppFinder(AppDirectoriesFinder):
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or ()), *UNUSED])


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Where `collectstatic` has not run (yet), or not since a file came, the plain name works as well, unhashed."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        known: str | None = self.hashed_files.get(self.hash_key(name))
        return known or name
