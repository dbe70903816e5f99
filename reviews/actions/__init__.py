"""What can be done in the review: one function per verb of the domain, keyword-only, atomic, `by=` the actor."""

from reviews.actions.panel import begin, recuse, set_panel
from reviews.actions.scoring import save_score, submit_score, unlock
from reviews.actions.selection import promote, release_reserves, select

__all__ = [
    "begin",
    "promote",
    "recuse",
    "release_reserves",
    "save_score",
    "select",
    "set_panel",
    "submit_score",
    "unlock",
]
