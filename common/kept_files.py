"""Which rows stand for a file under MEDIA_ROOT. Rooms say it of their own model, and whoever takes the files away with
the rows (common.backup) knows no room."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

Model = TypeVar("Model", bound=type)


@dataclass(frozen=True)
class KeptFile:
    """What a row says of its file. `path` is below MEDIA_ROOT."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Keeper:
    """A model whose rows have `path`, `size` and `sha256` of a file that never changes; paths are below a folder."""

    model: Any
    below: str

    def select(self) -> str:
        """The SQL that asks for its files. Plain, because a backup asks it of a copy that Django does not know."""
        return f"SELECT path, size, sha256 FROM {self.model._meta.db_table} ORDER BY path"

    def file(self, path: str, size: int, sha256: str) -> KeptFile:
        return KeptFile((PurePosixPath(self.below) / path).as_posix(), size, sha256)

    def still_keeps(self, file: KeptFile) -> bool:
        """Whether there is a row of this file now."""
        path = PurePosixPath(file.path)
        if self.below and not path.is_relative_to(self.below):
            return False
        return bool(self.model._base_manager.filter(path=path.relative_to(self.below).as_posix()).exists())


_keepers: list[Keeper] = []


def keeps_file(*, below: str = "") -> Callable[[Model], Model]:
    """Say of a model that each of its rows stands for a file under MEDIA_ROOT."""

    def register(model: Model) -> Model:
        _keepers.append(Keeper(model, below))
        return model

    return register


def keepers() -> list[Keeper]:
    return list(_keepers)
