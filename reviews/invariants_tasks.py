"""Laws of the work that the flow holds. The state of a venture is not in it; what is to be done now is."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.invariants import Violations, invariant
from reviews.models import Review


@invariant(gettext_lazy("Each score sheet that is to be filled in is one live task of its expert, and nothing else is"))
def each_open_score_sheet_is_one_live_task() -> Violations:
    """Seven experts have HC2020-001 to score, three have: four live tasks. A sheet without a task is on nobody's list; a
    task without a sheet can not be done."""
    from reviews.flows import done_tasks, live_tasks  # viewflow takes its time, and most commands do not need it

    columns = ("owner", "process__artifact_object_id")
    live = Counter(live_tasks().values_list(*columns))
    done = set(done_tasks().values_list(*columns))
    for sheet in Review.objects.exclude(state=Review.State.RECUSED).select_related("venture", "expert").iterator():
        n = live.pop((sheet.expert_id, sheet.venture_id), 0)
        if n != (sheet.state == Review.State.ASSIGNED):
            yield sheet, ngettext("it is “%(state)s” and has %(n)s live task.", "it is “%(state)s” and has %(n)s live tasks.", n) % {
                "state": sheet.get_state_display(), "n": n,
            }  # fmt: skip
        elif not n and (sheet.expert_id, sheet.venture_id) not in done:
            yield sheet, _("it is submitted, and no task was done.")
    for expert, venture in live:
        yield f"ventures.venture {venture}", _("expert %(expert)s has a live task without a score sheet.") % {
            "expert": expert,
        }  # fmt: skip
