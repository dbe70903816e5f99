"""The venture's page: the same for every audience, differing in what is allowed."""

import pytest
from django.urls import reverse

from common.models import record
from delivery.models import Activity
from tests.web.desk_world import an_objection, body, on_notice, planted, post, signed_in, to_screen
from ventures import actions
from ventures.states import State


def page_of(user, venture, tab=""):
    return signed_in(user).get(reverse("desk_venture", args=[venture.pk]), {"tab": tab} if tab else {})


@pytest.mark.parametrize("state", [s for s in State if s not in {State.DRAFT, State.LAPSED}])
def test_the_page_opens_in_every_state_and_says_what_comes_next(desk, state):
    venture = planted(desk, state)
    answer = page_of(desk.supervisor, venture)
    assert answer.status_code == 200
    assert f"《{venture.title}》" in body(answer)
    assert str(venture.get_state_display()) in body(answer)
    assert 'class="next-step' in body(answer)


def test_the_timeline_tells_who_when_and_in_which_words(desk):
    venture = to_screen(desk)
    actions.return_for_correction(venture, by=desk.clerk, fields={"budget": "请补充预算计算依据。"})
    text = body(page_of(desk.supervisor, venture))
    assert "退回补正" in text and "初审员" in text and "请补充预算计算依据。" in text


def test_what_one_person_records_several_times_in_a_row_is_one_row(desk):
    venture = planted(desk, State.IN_DELIVERY)
    for __ in range(3):
        record(venture, "record_activity", by=desk.applicant)
    assert "<strong>登记活动</strong> × 3" in body(page_of(desk.supervisor, venture))


def test_the_applicant_reads_the_moves_but_not_what_the_desk_records(desk):
    venture = to_screen(desk)
    record(venture, "recuse", by=desk.expert, note="与负责人同单位")
    actions.accept(venture, by=desk.clerk)
    own = body(signed_in(desk.applicant).get(reverse("apply_venture", args=[venture.pk])))
    assert "初审员" in own and "与负责人同单位" not in own
    assert "与负责人同单位" in body(page_of(desk.supervisor, venture))


def test_totals_stand_against_the_plan(desk):
    venture = planted(desk, State.IN_DELIVERY)
    for day in ("2020-06-01", "2020-06-08"):
        Activity.objects.create(venture=venture, held_on=day, topic="邻里集市", attendance=58, volunteers=5)
    text = body(page_of(desk.supervisor, venture))
    assert "2 / 12" in text and "116 / 600" in text


def test_who_objected_is_for_the_bureau_only(desk):
    venture, notice = on_notice(desk)
    an_objection(venture, notice)
    assert "0573-85000000" in body(page_of(desk.manager, venture))
    own = body(signed_in(desk.applicant).get(reverse("apply_venture", args=[venture.pk])))
    assert "0573-85000000" not in own and "张三" not in own
    assert "张三" not in body(page_of(desk.operator, venture))


def test_the_supervisor_sees_the_page_without_a_button_of_the_manager(desk):
    venture = planted(desk, State.IN_DELIVERY)
    url = reverse("desk_venture_termination", args=[venture.pk])
    assert url in body(page_of(desk.manager, venture))
    assert url not in body(page_of(desk.supervisor, venture))


def test_an_operator_sees_the_ventures_of_its_own_platforms_only(desk):
    own, foreign = planted(desk, State.IN_DELIVERY), planted(desk, State.IN_DELIVERY, platform=desk.elsewhere)
    assert page_of(desk.operator, own).status_code == 200
    assert page_of(desk.operator, foreign).status_code == 404
    listed = body(signed_in(desk.operator).get(reverse("desk_ventures")))
    assert own.title in listed and foreign.title not in listed


def test_a_draft_is_not_the_desks_to_see(desk):
    venture = planted(desk, State.DRAFT)
    assert page_of(desk.manager, venture).status_code == 404


def test_an_unknown_tab_opens_the_first_and_a_known_one_itself(desk):
    venture = to_screen(desk)
    assert 'class="nav-link active" id="tab-progress"' in body(page_of(desk.clerk, venture, "nonsense"))
    assert 'class="nav-link active" id="tab-checks"' in body(page_of(desk.clerk, venture, "checks"))


def test_a_title_with_markup_is_shown_as_text(desk):
    venture = planted(desk, State.SUBMITTED, title="<script>alert(1)</script>")
    text = body(page_of(desk.clerk, venture))
    assert "<script>alert(1)" not in text and "&lt;script&gt;" in text


def test_the_illegal_jump_from_draft_to_closed_is_refused_with_a_sentence(desk):
    hidden = planted(desk, State.DRAFT)
    assert post(signed_in(desk.manager), "desk_venture_close", hidden.pk).status_code == 404
    entered = planted(desk, State.DRAFT, entered_by=desk.clerk)
    answer = post(signed_in(desk.manager), "desk_venture_close", entered.pk)
    assert answer.status_code == 409
    assert "确认结项" in body(answer) and "草稿" in body(answer)
    entered.refresh_from_db()
    assert entered.state == State.DRAFT
