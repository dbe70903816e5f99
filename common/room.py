"""How a room starts: what hangs itself onto lower rooms is imported, always in the same order."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# Files of a room, or of a subject in it, that register something when they are imported.
REGISTERING = (
    "visibility_by_role", "visibility", "journal_labels", "desk_entries", "gates", "due", "slots", "notifications", "emails",
    "search_index", "tasks", "help", "guide", "todo", "invariants", "session_limits", "limits", "throttle",
)  # fmt: skip


class Room(AppConfig):
    """A room of the house (`class XConfig(room.Room)`: Django takes the only AppConfig of a module). `subjects` are its packages that register something of their own."""

    subjects: tuple[str, ...] = ()

    def ready(self) -> None:
        for package in (self.name, *(f"{self.name}.{subject}" for subject in self.subjects)):
            for name in REGISTERING:
                if find_spec(module := f"{package}.{name}"):
                    import_module(module)
