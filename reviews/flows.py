"""评审 as work with several hands: who has to score what, now. The state of a venture is not kept here.

Only viewflow's engine is used (nodes without its pages, nothing mounted), so nothing can be undone, taken or viewed
by its URLs. A live `score` task is an expert's 待办. Reviewing ends with a Result and moves no venture: the selection
does.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import this
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Flow
from viewflow.workflow.exceptions import FlowLockFailed, FlowRuntimeError
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from accounts.models import User
from common.clock import now
from common.errors import Conflict
from reviews.consolidation import consolidate
from reviews.models import Review
from ventures.models import Venture


class RowLock(SelectForUpdateLock):
    """viewflow's `select_for_update_lock`, made to work inside a transaction, where every action of the house runs.

    The original catches the refused lock inside its own savepoint; on PostgreSQL that savepoint is broken by then, so
    the second attempt never comes and an InternalError leaves it instead of FlowLockFailed.
    """

    @contextmanager
    def __call__(self, flow_class: type[Flow], process_pk: int) -> Iterator[None]:
        with transaction.atomic():
            for attempt in range(self.attempts):
                try:
                    with transaction.atomic():
                        rows = flow_class.process_class._default_manager.filter(pk=process_pk)
                        rows.select_for_update(nowait=self.nowait).exists()
                    break
                except DatabaseError:
                    time.sleep(0.1 * 2**attempt)
            else:
                raise FlowLockFailed(f"Lock failed for {flow_class}")
            yield


class FanOutActivation(nodes.SplitActivation):
    @Activation.status.super()
    def activate(self) -> None:
        self.next_tasks = [(node, data) for node, __, source in self.flow_task._branches for data in source(self)]
        if not self.next_tasks:
            raise FlowRuntimeError(f"Nobody to fan out to in {self.flow_task.name}")


class FanOut(nodes.Split):
    """A Split that makes one task per item of `data_source(activation)`; viewflow's documents that, but refuses it."""

    activation_class = FanOutActivation

    def Next(self, node: Any, data_source: Callable[[Any], Sequence[dict[str, Any]]]) -> "FanOut":  # noqa: N802  (viewflow's name)
        self._activate_next.append((node, None, data_source))
        return self


class ReviewFlow(Flow):
    """One process per venture: a task for each expert who is not recused, joined into the Result.

    A score that is unlocked afterwards gets a process of its own with one task, and the Result is made anew.
    """

    process_title = gettext_lazy("Review by the panel")
    lock_impl = RowLock()

    start = nodes.StartHandle(this.hand_out).Next(this.fan_out)
    fan_out = FanOut().Next(this.score, data_source=this.seats)
    score = (
        nodes.View(view=None)
        .Permission("reviews.score", obj=lambda process: None)
        .Assign(this.expert_of)
        .Next(this.join)
    )
    join = nodes.Join().Next(this.consolidate)
    consolidate = nodes.Function(this.make_result).Permission("reviews.unlock").Next(this.end)
    end = nodes.End()

    def hand_out(self, activation: Any, venture: Venture, reviews: Sequence[Review]) -> Any:
        activation.process.artifact = venture
        activation.process.data = {"seats": [{"review": r.pk, "expert": r.expert_id} for r in reviews]}
        return activation.process

    def seats(self, activation: Any) -> list[dict[str, Any]]:
        return activation.process.data["seats"]

    def expert_of(self, activation: Any) -> User:
        activation.task.assigned = now()  # which viewflow leaves open when it assigns at once
        # Only the key is stored with the task: fetching each expert once per venture would be one query per task.
        return User(pk=activation.task.data["expert"])

    def make_result(self, activation: Any) -> None:
        consolidate(activation.process.artifact_object_id)


def hand_out(venture: Venture, reviews: Sequence[Review]) -> None:
    """Start a process on `venture` with one task for each of `reviews`."""
    ReviewFlow.start.run(venture=venture, reviews=reviews)


def live_tasks() -> Any:
    """Tasks of experts who have not scored yet; `data["review"]` is the id of the Review."""
    return Task._default_manager.filter(flow_task=ReviewFlow.score, status=STATUS.ASSIGNED)


def done_tasks() -> Any:
    """Tasks of experts that are done, by a score or by a recusal."""
    return Task._default_manager.filter(flow_task=ReviewFlow.score, status=STATUS.DONE)


def finish(review: Review, *, outcome: str) -> None:
    """Complete the expert's task; the last one joins and makes the Result. `outcome` is kept with the task.

    A recusal completes the task too: a join looks around only when somebody arrives, so a cancelled last task would
    leave the others waiting for ever. Raises Conflict when another process holds the venture's review.
    """
    task = live_tasks().get(
        owner=review.expert_id,
        process__artifact_content_type=ContentType.objects.get_for_model(Venture),
        process__artifact_object_id=review.venture_id,
    )
    try:
        with task.activation() as activation:
            activation.start(None)  # a request, which viewflow asks for and does not use
            activation.task.data["outcome"] = outcome
            activation.execute()
    except FlowLockFailed as e:
        raise Conflict(_("Somebody else is just working on this review. Please try again in a moment.")) from e
