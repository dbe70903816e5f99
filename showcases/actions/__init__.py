"""What can be done with events: one function per verb, keyword-only, atomic, `by=` the actor."""

from showcases.actions.checks import EXHIBITABLE
from showcases.actions.filling import (
    add_exhibit,
    add_programme_item,
    receive_material,
    remove_exhibit,
    remove_programme_item,
)
from showcases.actions.holding import hold, record_showing
from showcases.actions.planning import announce, cancel, change, plan

__all__ = [
    "EXHIBITABLE",
    "add_exhibit",
    "add_programme_item",
    "announce",
    "cancel",
    "change",
    "hold",
    "plan",
    "receive_material",
    "record_showing",
    "remove_exhibit",
    "remove_programme_item",
]
