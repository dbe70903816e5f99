"""What waits in the review: scores for the experts, by the tasks of the flow; reviews to begin and selections to make
for the desk."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.machine.due import due_of_rows
from common.site.todo import Item, Queue, todo_source
from reviews.flows import live_tasks
from reviews.models import Panel, Review
from reviews.queries import todo_of
from rounds.models import Round
from rounds.states import RoundState
from ventures.application.due import last_day
from ventures.models import Venture
from ventures.states import Holder, State
from ventures.waiting import Seen, queue_of, venture_queues


@todo_source("reviews.use_desk")
def to_score(expert: Any) -> Iterable[Item]:
    """The expert's own tasks. 3 queries, 2 where nothing waits."""
    reviews = todo_of(expert)
    dates = due_of_rows([review.venture for review in reviews], expert)
    for review in reviews:
        venture, page = review.venture, reverse("review_score", args=[review.pk])
        yield Item(
            task=f"{venture.organization} · {venture.round}",
            url=page,
            since=review.since,
            due=next((d.on for d in dates.get(venture.pk, ())), None),
            thing=venture,
            about=page,
            action=_("Score"),
        )


@todo_source("reviews.read_desk")
def reviews_and_selections(_user: Any) -> Iterable[Queue]:
    listed, staff, manager = reverse("desk_reviews"), Holder.STAFF.label, Holder.MANAGER.label
    to_begin = Round.objects.filter(state=RoundState.CALL_CLOSED)
    yield Queue(_("Reviews to begin"), to_begin, listed, "rounds.run", F("closes_at"), holder=staff)

    panels = Panel.objects.filter(round__ventures=OuterRef("process__artifact_object_id"))
    due = panels.annotate(day=last_day("due_at")).values("day")[:1]
    yield Queue(
        _("Scores missing"), live_tasks(), listed, "reviews.use_desk", F("assigned"), Subquery(due),
        Holder.EXPERTS.label,
    )  # fmt: skip

    reviews = Review.objects.filter(venture__round=OuterRef("pk"))
    placed = Venture.objects.filter(round=OuterRef("pk"), state=State.IN_REVIEW)
    scored = Round.objects.filter(
        Exists(placed), ~Exists(reviews.filter(state=Review.State.ASSIGNED)), state=RoundState.IN_REVIEW
    )
    last = Subquery(reviews.order_by("-submitted_at").values("submitted_at")[:1])
    yield Queue(_("Selections to make"), scored, listed, "ventures.select", last, holder=manager)


@venture_queues("reviews.read_desk")
def reserves(seen: Seen) -> Iterable[Queue]:
    url = reverse("desk_ventures") + f"?state={State.RESERVE}"
    yield queue_of(seen, State.RESERVE, _("Reserves to decide on"), url)
