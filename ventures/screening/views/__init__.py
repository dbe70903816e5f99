"""形式审查: the queue, the application and the checklist side by side."""

from ventures.views.staff.screening.batch import accept_many
from ventures.views.staff.screening.deciding import accept, answer, refuse, return_for_correction
from ventures.views.staff.screening.showing import first, one

__all__ = ["accept", "accept_many", "answer", "first", "one", "refuse", "return_for_correction"]
