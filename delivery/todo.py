"""Activities that the schedule counts and nobody has recorded, in the list of the applicant."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.machine.due import due_dates, marked
from common.site.todo import Item, todo_source
from ventures.application.queries.home import may_apply_for
from ventures.models import Venture


@todo_source("ventures.start")
def behind_the_schedule(user: Any) -> Iterable[Item]:
    """Two queries, one where nothing is due."""
    own = Venture.objects.visible_to(user).filter(organization__in=may_apply_for(user))
    dates = marked(due_dates(own, user, only={"activities"}))
    ventures = own.in_bulk([d.thing for d in dates]) if dates else {}
    for due in dates:
        venture = ventures[due.thing]
        yield Item(
            task=_("Record the activities of the schedule."),
            url=reverse("apply_activities", args=[venture.pk]),
            due=due.on,
            thing=venture,
            about=reverse("apply_venture", args=[venture.pk]),
            action=_("Record an activity"),
        )
