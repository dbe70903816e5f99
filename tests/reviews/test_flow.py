import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes import View
from viewflow.workflow.status import PROCESS

from common.errors import Conflict
from common.models import JournalEntry
from reviews import actions
from reviews.flows import ReviewFlow, RowLock, finish, live_tasks
from reviews.models import Result, Review
from tests.reviews.steps import panelled, sheet
from tests.waiting import DEADLINE

pytestmark = pytest.mark.engines


@pytest.mark.django_db
def test_one_process_per_venture_fans_out_to_every_expert_who_is_not_recused(prepared):
    p = prepared(experts=5, ventures=3)
    actions.recuse(p.ventures[1], expert=p.experts[0], by=p.experts[0], reason="board")
    actions.recuse(p.ventures[1], expert=p.experts[3], by=p.experts[3], reason="board")
    p.begin()
    processes = Process.objects.all()
    assert {(x.flow_class, x.artifact) for x in processes} == {(ReviewFlow, v) for v in p.ventures}
    per_venture = Counter(t.process.artifact_object_id for t in live_tasks().select_related("process"))
    assert per_venture == {p.ventures[0].pk: 5, p.ventures[1].pk: 3, p.ventures[2].pk: 5}
    owners = {t.owner for t in live_tasks().filter(process__artifact_object_id=p.ventures[1].pk)}
    assert owners == {p.experts[1], p.experts[2], p.experts[4]}


@pytest.mark.django_db
def test_the_process_ends_with_the_last_score(begun):
    p = begun(experts=3)
    p.score((90, 80))
    assert Process.objects.get().status == PROCESS.NEW
    p.submit(2, 70)
    assert Process.objects.get().status == PROCESS.DONE
    assert not live_tasks().exists()
    assert Task.objects.filter(flow_task=ReviewFlow.score, status="DONE").count() == 3
    assert Task.objects.filter(flow_task=ReviewFlow.consolidate).count() == 1


@pytest.mark.django_db
def test_a_recusal_completes_its_task_as_such(begun):
    p = begun(experts=3)
    actions.recuse(p.ventures[0], expert=p.experts[0], by=p.manager, reason="board")
    task = Task.objects.get(flow_task=ReviewFlow.score, owner=p.experts[0])
    assert (task.status, task.data["outcome"]) == ("DONE", "recused")


@pytest.mark.django_db
def test_an_unlocked_score_gets_a_task_again(begun):
    p = begun(experts=3)
    p.score((90, 80, 70))
    actions.unlock(p.review(1), by=p.manager, reason="复核")
    assert [t.owner for t in live_tasks()] == [p.experts[1]]


def test_every_task_of_people_names_a_permission_and_has_no_page_to_undo_it():
    people = [node for node in ReviewFlow.instance.nodes() if isinstance(node, View)]
    assert [node.name for node in people] == ["score"]
    assert all(node._owner_permission for node in people)
    assert not any(getattr(node, "undo_view_class", None) for node in ReviewFlow.instance.nodes())


@pytest.mark.django_db
def test_nobody_takes_a_task_that_is_somebody_elses(begun):
    p = begun(experts=3)
    task = live_tasks().get(owner=p.experts[0])
    node = task.flow_task
    assert node.can_execute(p.experts[0], task)
    for user in (p.experts[1], p.manager):
        assert not node.can_execute(user, task)
        assert not node.can_assign(user, task)


# --- Races ------------------------------------------------------------------------------------------------------------


def together(*works):
    """Run every work on a thread of its own, let go at the same moment. Returns what each raised, or None."""
    barrier = threading.Barrier(len(works))
    raised: list[BaseException | None] = [None] * len(works)

    def run(n):
        try:
            barrier.wait(timeout=DEADLINE)
            works[n]()
        except Exception as e:
            raised[n] = e
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=DEADLINE)
    return raised


def submission(p, n, total):
    review, points = p.review(n), sheet(p.round, total)
    return lambda: actions.submit_score(review, by=p.experts[n], points=points)


@pytest.mark.django_db(transaction=True)
def test_two_last_experts_at_once_make_one_result():
    p = panelled(experts=5).begin()
    p.score((90, 85, 80))
    assert together(submission(p, 3, 75), submission(p, 4, 60)) == [None, None]
    assert Result.objects.get().mean == 80
    assert JournalEntry.objects.filter(verb="consolidate").count() == 1
    assert Task.objects.filter(flow_task=ReviewFlow.join).count() == 1
    assert Process.objects.get().status == PROCESS.DONE


@pytest.mark.django_db(transaction=True)
def test_a_whole_panel_at_once_makes_one_result():
    p = panelled(experts=5).begin()
    totals = (90, 85, 80, 75, 60)
    assert together(*(submission(p, n, t) for n, t in enumerate(totals))) == [None] * 5
    assert Result.objects.get().mean == 80
    assert JournalEntry.objects.filter(verb="consolidate").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_expert_twice_at_once_submits_once():
    p = panelled(experts=3).begin()
    raised = together(submission(p, 0, 80), submission(p, 0, 60))
    assert sorted(type(e).__name__ for e in raised) == ["Conflict", "NoneType"]
    assert JournalEntry.objects.filter(verb="submit_score").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_score_and_a_recusal_at_once_leave_no_review_hanging():
    p = panelled(experts=4).begin()
    p.score((90, 80))

    def recusal():
        actions.recuse(p.ventures[0], expert=p.experts[3], by=p.manager, reason="board")

    assert together(submission(p, 2, 70), recusal) == [None, None]
    assert Result.objects.get().mean == 80


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_process_that_somebody_else_holds_is_answered_as_a_conflict(monkeypatch):
    monkeypatch.setattr(ReviewFlow, "lock_impl", RowLock(attempts=2))
    p = panelled(experts=3).begin()
    review = p.review(0)
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Process.objects.select_for_update().get()
            held.set()
            done.wait(timeout=DEADLINE)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(timeout=DEADLINE)
        with pytest.raises(Conflict), transaction.atomic():
            finish(review, outcome="submitted")
        with pytest.raises(Conflict):
            p.submit(0)
    finally:
        done.set()
        holder.join()
    assert Review.objects.get(pk=review.pk).state == "assigned"
    p.submit(0)
