"""The staff desk over HTTP: who may open and do what, and the lists."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from common import clock
from common.clock import today
from common.models import JournalEntry, record
from delivery.models import Report
from organizations.models import Incubation
from tests.factories import a_round, a_user, moment
from tests.web.desk_world import (
    answers_of,
    body,
    hand_in,
    planted,
    post,
    signed_in,
    to_screen,
)
from ventures import actions
from ventures.states import State

LISTS = (
    "desk_home", "desk_ventures", "desk_rounds", "desk_notices", "desk_delivery", "desk_closures",
    "desk_organizations", "desk_platforms",
)  # fmt: skip


# --- Who may open what ---


@pytest.mark.parametrize("name", [*LISTS, "desk_screening"])
@pytest.mark.parametrize("role", ["clerk", "finance", "manager", "admin", "supervisor", "operator"])
def test_the_desk_reads_its_lists(desk, name, role):
    assert signed_in(getattr(desk, role)).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [*LISTS, "desk_screening", "desk_journal"])
@pytest.mark.parametrize("role", ["applicant", "expert"])
def test_others_do_not_read_the_desk(desk, name, role):
    assert signed_in(getattr(desk, role)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", [*LISTS, "desk_journal"])
def test_a_visitor_is_sent_to_log_in(client, db, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and reverse("login") in answer["Location"]


def test_the_journal_is_not_for_an_operator(desk):
    assert signed_in(desk.operator).get(reverse("desk_journal")).status_code == 403
    assert signed_in(desk.supervisor).get(reverse("desk_journal")).status_code == 200


def test_the_desk_bar_shows_what_exists_and_is_permitted(desk):
    text = body(signed_in(desk.operator).get(reverse("desk_home")))
    assert f'href="{reverse("desk_screening")}"' in text
    assert f'href="{reverse("desk_journal")}"' not in text
    assert f'href="{reverse("desk_journal")}"' in body(signed_in(desk.clerk).get(reverse("desk_home")))


VERBS = {
    "desk_venture_accept": State.SUBMITTED,
    "desk_venture_answer": State.SUBMITTED,
    "desk_venture_return": State.SUBMITTED,
    "desk_venture_refuse": State.SUBMITTED,
    "desk_venture_award": State.ON_NOTICE,
    "desk_venture_pass_midterm": State.MID_TERM,
    "desk_venture_fail_midterm": State.MID_TERM,
    "desk_venture_pass_final": State.IN_EVALUATION,
    "desk_venture_waive_showcase": State.EVALUATED,
    "desk_venture_close": State.SHOWN,
    "desk_venture_terminate": State.IN_DELIVERY,
    "desk_venture_settle": State.TERMINATING,
}


@pytest.mark.parametrize(("name", "state"), VERBS.items())
@pytest.mark.parametrize("role", ["supervisor", "operator", "finance", "applicant", "expert"])
def test_a_verb_that_is_not_yours_is_403_and_changes_nothing(desk, name, state, role):
    venture = planted(desk, state)
    given = {"reason": "理由", "assessment": "意见", "score": "88", "seen": state}
    assert post(signed_in(getattr(desk, role)), name, venture.pk, given).status_code == 403
    venture.refresh_from_db()
    assert venture.state == state


@pytest.mark.parametrize(("name", "state"), [pair for pair in VERBS.items() if pair[0] != "desk_venture_answer"])
def test_a_verb_is_refused_when_the_page_showed_another_state(desk, name, state):
    venture = planted(desk, state)
    JournalEntry.objects.create(
        subject_kind="ventures.venture", subject_id=venture.pk, verb="move", to_state=state, by_name="先到的人"
    )
    given = {
        "reason": "理由", "assessment": "意见", "score": "88", "pin": "plan", "remark_plan": "缺材料", "code": "other",
        "refusal": "缺材料", **answers_of(venture),
    }  # fmt: skip
    answer = post(signed_in(desk.manager), name, venture.pk, {**given, "seen": State.DRAFT})
    assert answer.status_code == 409 and "先到的人" in body(answer)
    venture.refresh_from_db()
    assert venture.state == state


@pytest.mark.parametrize(
    "name", [*VERBS, "desk_round_open", "desk_round_publish", "desk_notice_award", "desk_objection_uphold"]
)
def test_verbs_are_post_only_and_ask_a_visitor_to_log_in(client, desk, name):
    url = reverse(name, args=[1])
    assert client.post(url).status_code == 302
    assert signed_in(desk.manager).get(url).status_code == 405


@pytest.mark.parametrize(
    "name", ["desk_round_open", "desk_round_close_call", "desk_round_close", "desk_round_lapse_drafts"]
)
def test_the_supervisor_moves_no_round(desk, name):
    assert post(signed_in(desk.supervisor), name, desk.round.pk).status_code == 403


# --- Lists ---


@pytest.mark.engines
def test_the_list_is_filtered_by_state_round_platform_and_word(desk):
    wanted = planted(desk, State.SUBMITTED, title="林埭镇新居民服务", platform=desk.elsewhere)
    other = planted(desk, State.IN_DELIVERY, title="独山港红色路线", round=a_round(platform=desk.platform))
    clerk = signed_in(desk.clerk)
    for query in ({"state": "submitted"}, {"round": desk.round.pk}, {"platform": desk.elsewhere.pk}, {"q": "林埭"}):
        text = re.sub("</?mark>", "", body(clerk.get(reverse("desk_ventures"), query)))
        assert wanted.title in text and other.title not in text, query


@pytest.mark.engines
def test_the_list_pages_by_key_and_loses_nothing(desk):
    titles = [planted(desk, State.SUBMITTED, narrative=False, budget=False).title for __ in range(32)]
    clerk = signed_in(desk.clerk)
    first = body(clerk.get(reverse("desk_ventures")))
    keys = list(desk.round.ventures.order_by("-pk").values_list("pk", flat=True))
    second = body(clerk.get(reverse("desk_ventures"), {"before": keys[29]}))
    assert f"before={keys[29]}" in first
    assert all((f"《{t}》" in first) != (f"《{t}》" in second) for t in titles)


@pytest.mark.engines
def test_today_counts_what_waits_and_since_when(desk):
    with clock.at(moment("2026-05-04 09:00")):
        to_screen(desk)
        planted(desk, State.MID_TERM)
        planted(desk, State.RETURNED, correction_due_on=date(2026, 5, 1))
    with clock.at(moment("2026-05-06 10:00")):
        text = body(signed_in(desk.clerk).get(reverse("desk_home")))
    assert "待形式审查" in text and "待中期评估" in text and "补正逾期" in text
    assert "最早的已等 2 天" in text and "最早的已等 5 天" in text


@pytest.mark.engines
def test_an_operator_sees_the_organizations_on_its_platforms_only(desk):
    url = reverse("desk_organization", args=[desk.organization.pk])
    assert signed_in(desk.operator).get(url).status_code == 404
    Incubation.objects.create(platform=desk.platform, organization=desk.organization, entered_on=today())
    answer = signed_in(desk.operator).get(url)
    assert answer.status_code == 200
    assert "12345678901234567890" not in body(answer) and "**** 7890" in body(answer)


@pytest.mark.engines
def test_the_journal_names_verbs_and_finds_by_person_and_words(desk):
    venture, other = to_screen(desk), to_screen(desk)
    actions.return_for_correction(venture, by=desk.clerk, fields={"plan": "缺年检报告"})
    actions.accept(other, by=desk.other_clerk)
    supervisor = signed_in(desk.supervisor)
    text = body(supervisor.get(reverse("desk_journal"), {"by": "初审"}))
    assert str(venture) in text and str(other) not in text and "退回补正" in text
    assert str(venture) in body(supervisor.get(reverse("desk_journal"), {"words": "年检"}))


@pytest.mark.engines
def test_the_journal_does_not_tell_the_title_of_a_draft(desk):
    draft = planted(desk, State.DRAFT, title="还没想好的题目")
    record(draft, "start", by=desk.applicant)
    assert "还没想好的题目" not in body(signed_in(desk.supervisor).get(reverse("desk_journal")))


# --- Query counts ---


def queries_of(client, url):
    client.get(url)  # what a process fetches once (content types, caches)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("name", "state", "queries"),
    [
        ("desk_ventures", State.SUBMITTED, 9),
        ("desk_rounds", State.SUBMITTED, 6),
        ("desk_delivery", State.IN_DELIVERY, 9),
        ("desk_closures", State.SHOWN, 5),
        ("desk_organizations", State.SUBMITTED, 8),
        ("desk_journal", State.SUBMITTED, 6),
    ],
)
@pytest.mark.engines
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_three(desk, name, state, queries):
    manager = signed_in(desk.manager)
    for rows in (1, 3):
        while desk.round.ventures.count() < rows:
            record(planted(desk, state), "start", by=desk.applicant)
        assert queries_of(manager, reverse(name)) == queries, rows


@pytest.mark.engines
def test_today_asks_the_same_number_of_queries_however_much_waits(desk):
    manager = signed_in(desk.manager)
    to_screen(desk)
    one = queries_of(manager, reverse("desk_home"))
    to_screen(desk)
    planted(desk, State.MID_TERM)
    assert queries_of(manager, reverse("desk_home")) == one


@pytest.mark.engines
def test_the_venture_page_asks_the_same_number_of_queries_however_much_happened(desk):
    venture = planted(desk, State.IN_DELIVERY)
    url = reverse("desk_venture", args=[venture.pk])
    manager = signed_in(desk.manager)
    hand_in(venture, Report.Kind.MID_TERM)
    one = queries_of(manager, url)
    hand_in(venture, Report.Kind.MID_TERM)
    hand_in(venture, Report.Kind.FINAL)
    assert queries_of(manager, url) == one


@pytest.mark.engines
def test_the_desk_of_an_operator_without_a_platform_is_empty_and_opens(db, client):
    client.force_login(a_user(Role.OPERATOR))
    assert client.get("/desk/").status_code == 200
