"""Hundreds of objections from nowhere: slowed down where they come from, refused in one act, and an honest one still counts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.models import JournalEntry
from tests.web.desk_world import an_objection, body, on_notice, post, signed_in
from ventures.limits import OBJECTIONS
from ventures.models import Notice, Objection, Venture
from ventures.notices.queries import receipt_of
from ventures.states import State

pytestmark = pytest.mark.django_db
REASON = "未留真实姓名和联系方式,也未列出可以核查的事实。"


def object_to(client: Client, notice: Notice, venture: Venture, address: str = "203.0.113.9") -> Any:
    given = {
        "venture": venture.pk,
        "kind": "person",
        "name": "张三",
        "contact": "13800138000",
        "text": "该项目重复申报。",
    }
    return client.post(reverse("notice_object", args=[notice.pk]), given, REMOTE_ADDR=address)


def test_objections_to_a_notice_are_slowed_down_by_address_and_nothing_typed_is_lost(client: Client, desk: Any) -> None:
    venture, notice = on_notice(desk)
    other, elsewhere = on_notice(desk)
    for __ in range(int(OBJECTIONS.most)):
        assert object_to(client, notice, venture).status_code == 302
    answer = object_to(client, notice, venture)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) <= 3600
    assert "60 分钟内已有 5 件" in body(answer) and "该项目重复申报。" in body(answer)
    assert object_to(client, elsewhere, other).status_code == 302, "another notice"
    assert object_to(client, notice, venture, "203.0.113.10").status_code == 302, "from elsewhere"
    assert Objection.objects.filter(notice=notice).count() == OBJECTIONS.most + 1


def flood(desk: Any, n: int = 3) -> tuple[list[Venture], Notice, list[Objection]]:
    """A notice that is over, with two ventures and `n` filed objections to each."""
    venture, notice = on_notice(desk, days_left=-1)
    other, __ = on_notice(desk, days_left=-1)
    notice.lines.create(venture=other, ordinal=2, amount=other.awarded)
    return [venture, other], notice, [an_objection(v, notice) for v in (venture, other) for __ in range(n)]


def test_one_act_refuses_a_flood_with_a_reason_and_each_venture_tells_it(desk: Any) -> None:
    ventures, notice, filed = flood(desk)
    manager = signed_in(desk.manager)
    assert post(manager, "desk_venture_award", ventures[0].pk).status_code == 409, "what is filed holds the award"
    page = body(manager.get(reverse("desk_notice_objections", args=[notice.pk])))
    assert page.count('name="objections"') == 6
    ticked = {"objections": [o.pk for o in filed], "reason": REASON}
    assert post(manager, "desk_notice_objections", notice.pk, ticked).status_code == 302
    entries = JournalEntry.objects.filter(verb="objections_not_admitted")
    assert [(e.subject_id, e.note, e.facts["n"]) for e in entries.order_by("pk")] == [
        (v.pk, REASON, "3") for v in ventures
    ]
    for venture in ventures:
        assert post(manager, "desk_venture_award", venture.pk).status_code == 302
    receipt = body(Client().get(reverse("notice_objected", args=[receipt_of(filed[0])])))
    assert "不予受理" in receipt and REASON in receipt
    assert REASON not in body(Client().get(reverse("notice", args=[notice.pk])))


def test_an_honest_objection_among_them_is_left_and_still_holds_the_award(desk: Any) -> None:
    (venture, other), notice, filed = flood(desk)
    manager = signed_in(desk.manager)
    ticked = {"objections": [o.pk for o in filed[1:]], "reason": REASON}
    post(manager, "desk_notice_objections", notice.pk, ticked)
    assert post(manager, "desk_venture_award", other.pk).status_code == 302
    assert post(manager, "desk_venture_award", venture.pk).status_code == 409
    filed[0].refresh_from_db()
    assert filed[0].state == Objection.State.FILED


def test_the_last_open_one_not_admitted_ends_the_inquiry(desk: Any) -> None:
    venture, notice = on_notice(desk)
    admitted, filed = an_objection(venture, notice), an_objection(venture, notice)
    manager = signed_in(desk.manager)
    post(manager, "desk_objection_admit", admitted.pk)
    post(manager, "desk_objection_dismiss", admitted.pk, {"ruling": "不属实。"})
    venture.refresh_from_db()
    assert venture.state == State.OBJECTED, "another one is filed"
    post(manager, "desk_notice_objections", notice.pk, {"objections": [filed.pk], "reason": REASON})
    venture.refresh_from_db()
    assert venture.state == State.ON_NOTICE


def test_what_has_been_ruled_on_meanwhile_is_not_ruled_again_and_words_are_needed(desk: Any) -> None:
    venture, notice = on_notice(desk)
    admitted = an_objection(venture, notice, state=Objection.State.ADMITTED)
    manager = signed_in(desk.manager)
    answer = post(manager, "desk_notice_objections", notice.pk, {"objections": [admitted.pk], "reason": REASON})
    assert answer.status_code == 422
    admitted.refresh_from_db()
    assert admitted.state == Objection.State.ADMITTED
    filed = an_objection(venture, notice)
    answer = post(manager, "desk_notice_objections", notice.pk, {"objections": [filed.pk], "reason": " "})
    assert answer.status_code == 422 and " checked" in body(answer), "what was ticked stays"


def test_only_who_rules_on_objections_sees_the_page(desk: Any) -> None:
    __, notice = on_notice(desk)
    for who in (desk.clerk, desk.supervisor, desk.finance, desk.operator):
        assert signed_in(who).get(reverse("desk_notice_objections", args=[notice.pk])).status_code == 403
