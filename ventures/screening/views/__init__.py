"""形式审查: the queue, the application and the checklist side by side."""

from ventures.screening.views.batch import accept_many
from ventures.screening.views.deciding import accept, answer, refuse, return_for_correction
from ventures.screening.views.showing import first, one

__all__ = ["accept", "accept_many", "answer", "first", "one", "refuse", "return_for_correction"]
