"""What everybody sees: home, rounds, notices, objections."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Role
from common.clock import at
from common.machine.door import move
from delivery.models import Activity
from rounds.states import RoundState
from tests.factories import a_round, a_user, a_venture, moment
from ventures.actions import admit_objection, dismiss_objection, publish
from ventures.models import Notice, NoticeLine, Objection
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

MONDAY = moment("2020-06-01 09:00")
LAST_DAY = moment("2020-06-05 23:50")
DAY_AFTER = moment("2020-06-06 00:10")


def a_notice(ventures=2):
    """Five working days, 2020-06-01 to 2020-06-05."""
    with at(MONDAY):
        round_ = a_round(RoundState.IN_REVIEW)
        rows = [a_venture(State.PROPOSED, round=round_, leader="张三", phone="13900139000") for _ in range(ventures)]
        notice = publish(round_, by=a_user(Role.MANAGER))
    return notice, rows


def objection(venture, **changes):
    return {
        "venture": venture.pk,
        "kind": "person",
        "name": "李四",
        "contact": "13700137000",
        "text": "该项目与去年重复。",
        **changes,
    }


def test_home_shows_what_is_open_on_notice_and_finished(client):
    finished = a_round(RoundState.CLOSED)
    done = a_venture(State.CLOSED, round=finished, awarded=Decimal("48000.00"))
    Activity.objects.create(venture=done, held_on="2020-07-01", topic="议事会", attendance=60)
    notice, _ = a_notice()
    with at(MONDAY):
        open_round = a_round(closes_at=MONDAY + timedelta(days=2, hours=3))
        body = client.get(reverse("home")).content.decode()
    assert (
        open_round.title in body and "还剩 2 天 3 小时" in body and reverse("apply_start", args=[open_round.pk]) in body
    )
    assert (
        notice.title in body and "2020年6月5日（周五）" in body and reverse("notice_object", args=[notice.pk]) in body
    )
    assert "48,000.00 元" in body and "<b>60</b> 人次" in body and reverse("round", args=[finished.pk]) in body


def test_home_says_so_when_nothing_is_open(client):
    body = client.get(reverse("home")).content.decode()
    assert "目前没有正在征集的届次" in body and "今天没有正在公示的项目" in body


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_seven_queries_however_much_there_is(client, rows, django_assert_num_queries):
    for _ in range(rows):
        a_notice(ventures=rows)
        a_round()
        a_venture(State.CLOSED, round=a_round(RoundState.CLOSED))
    with at(MONDAY):
        client.get(reverse("home"))
        with django_assert_num_queries(HOME_QUERIES):
            client.get(reverse("home"))


# Rounds, notices, the finished round and its two sums; the showcases' part asks two more.
HOME_QUERIES = 7


def test_a_round_in_preparation_is_nobodys_to_see(client):
    round_ = a_round(RoundState.PREPARING)
    assert client.get(reverse("round", args=[round_.pk])).status_code == 404
    assert round_.title not in client.get(reverse("rounds")).content.decode()


def test_a_round_tells_its_rules_in_words(client):
    round_ = a_round(introduction="以党建引领公益。", min_self_raised=Decimal(10))
    body = client.get(reverse("round", args=[round_.pk])).content.decode()
    assert "以党建引领公益。" in body
    assert "管理费：不超过申请资助金额的 10%。" in body and "自筹资金不低于项目总预算的 10%。" in body
    assert "不超过 50,000.00 元" in body and "首期款" in body and "50%" in body and "方案可行性" in body
    assert reverse("apply_start", args=[round_.pk]) in body


def test_a_finished_round_shows_its_ventures_without_phones(client):
    round_ = a_round(RoundState.CLOSED)
    venture = a_venture(State.CLOSED, round=round_, awarded=Decimal("48000.00"), leader="张三", phone="13900139000")
    a_venture(State.NOT_SELECTED, round=round_, title="未入选的项目")
    body = client.get(reverse("round", args=[round_.pk])).content.decode()
    assert venture.title in body and venture.organization.name in body and "48,000.00" in body and "已结项" in body
    assert "13900139000" not in body and "张三" not in body and "未入选的项目" not in body


def test_nothing_of_a_round_in_review_is_public(client):
    venture = a_venture(State.PROPOSED, round=a_round(RoundState.IN_REVIEW), title="拟立项的项目")
    assert "拟立项的项目" not in client.get(reverse("round", args=[venture.round_id])).content.decode()


def test_a_notice_is_plain_and_shows_no_phones(client):
    notice, ventures = a_notice()
    with at(MONDAY):
        body = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert (
        notice.title in body
        and "2020年6月1日（周一）" in body
        and "2020年6月5日（周五）" in body
        and "5 个工作日" in body
    )
    for venture in ventures:
        assert venture.number in body and venture.organization.name in body
    assert "50,000.00" in body and "0573-85000000" in body and "平湖市民政局" in body
    assert "13900139000" not in body and "张三" not in body
    assert notice.title in client.get(reverse("notices")).content.decode()


def test_a_ruling_is_shown_and_who_objected_is_not(client):
    notice, ventures = a_notice()
    manager = a_user(Role.MANAGER)
    with at(MONDAY):
        client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0]))
        filed = Objection.objects.get()
        admit_objection(filed, by=manager)
        dismiss_objection(filed, by=manager, ruling="经核查,内容不重复,异议不成立。")
    body = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert "经核查,内容不重复,异议不成立。" in body and "李四" not in body and "13700137000" not in body


def test_an_objection_gets_a_receipt_that_shows_its_state_later(client):
    notice, ventures = a_notice()
    with at(LAST_DAY):
        answer = client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0]))
    filed = Objection.objects.get()
    assert answer.status_code == 302 and str(filed.venture) in client.get(answer.headers["location"]).content.decode()
    body = client.get(answer.headers["location"]).content.decode()
    assert f"YY-20200605-{filed.pk:04d}" in body and "李四" not in body
    assert client.get(reverse("notice_objected", args=[f"{filed.pk}:forged"])).status_code == 404


def test_an_objection_after_the_last_day_is_refused_and_what_was_typed_stays(client):
    notice, ventures = a_notice()
    with at(DAY_AFTER):
        assert client.get(reverse("notice_object", args=[notice.pk])).status_code == 409
        answer = client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0]))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "2020-06-01" in body and "2020-06-05" in body
    assert "该项目与去年重复。" in body and "李四" in body
    assert not Objection.objects.exists()


def test_an_objection_without_name_is_told_at_the_field(client):
    notice, ventures = a_notice()
    with at(MONDAY):
        answer = client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0], name="  "))
    body = answer.content.decode()
    assert answer.status_code == 422 and "field-error" in body and "该项目与去年重复。" in body


def test_only_ventures_of_this_notice_can_be_objected_to(client):
    notice, _ = a_notice()
    _, others = a_notice()
    with at(MONDAY):
        answer = client.post(reverse("notice_object", args=[notice.pk]), objection(others[0]))
    assert answer.status_code == 422 and not Objection.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_notice_asks_three_queries_however_long_it_is(client, rows, django_assert_num_queries):
    notice, _ = a_notice(ventures=rows)
    with django_assert_num_queries(3):
        client.get(reverse("notice", args=[notice.pk]))


def test_notices_page_by_key(client):
    round_ = a_round(RoundState.CLOSED)
    for n in range(22):
        Notice.objects.create(
            round=round_, title=f"公示 {n:02d}", opens_on="2020-06-01", closes_on="2020-06-05", days=5
        )
    first = client.get(reverse("notices"))
    assert "公示 21" in first.content.decode() and "公示 01" not in first.content.decode()
    assert "公示 01" in client.get(reverse("notices"), {"before": first.context["next_key"]}).content.decode()


def test_a_cancelled_venture_stays_on_the_notice_with_its_ruling(client):
    notice, ventures = a_notice()
    assert NoticeLine.objects.filter(notice=notice).count() == 2
    with at(MONDAY):
        manager = a_user(Role.MANAGER)
        client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0]))
        admit_objection(Objection.objects.get(), by=manager)
        ventures[0].refresh_from_db()
        move(ventures[0], "uphold_objection", by=manager, note="异议成立")
    assert ventures[0].number in client.get(reverse("notice", args=[notice.pk])).content.decode()


@pytest.mark.parametrize("name", ["home", "rounds", "notices", "help", "login", "register"])
def test_public_pages_open_without_an_account_in_both_languages(client, name):
    assert client.get(reverse(name)).status_code == 200
    client.cookies["django_language"] = "en"
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.IN_DELIVERY, "实施中"),
        (State.CLOSED, "已结项"),
        (State.TERMINATING, "终止清算"),
        (State.TERMINATED, "已终止"),
    ],
    ids=["in delivery", "closed", "terminating", "terminated"],
)
def test_a_venture_that_is_broken_off_is_not_in_delivery_to_the_public(client, state, told):
    round_ = a_round(RoundState.IN_DELIVERY)
    a_venture(state, round=round_)
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    badges = page.split("<tbody>")[1].split("</tbody>")[0]
    assert told in badges
    assert ("实施中" in badges) is (told == "实施中")


@pytest.mark.parametrize(("state", "is_proposed"), [(State.ON_NOTICE, True), (State.AWARDED, False)])
def test_what_is_only_proposed_is_not_called_granted(client, state, is_proposed):
    venture = a_venture(state, awarded=Decimal("43210.00"))
    client.force_login(a_user(Role.CLERK))
    page = client.get(reverse("desk_venture", args=[venture.pk])).content.decode()
    assert ("拟资助金额" in page) is is_proposed and "43,210.00" in page
    assert ("拟资助" in client.get(reverse("desk_ventures")).content.decode()) is is_proposed


def test_a_venture_on_notice_has_a_page_that_says_no_more_than_the_notice(client):
    notice, ventures = a_notice()
    hidden = a_venture(State.RESERVE, round=notice.round, number="HC2020-099")
    with at(MONDAY):
        page = client.get(reverse("notice", args=[notice.pk])).content.decode()
        url = reverse("venture", args=[ventures[0].pk])
        assert f'href="{url}"' in page
        shown = client.get(url).content.decode()
    assert ventures[0].number in shown and notice.title in shown
    assert ventures[0].leader not in shown and "暂无" not in shown
    assert client.get(reverse("venture", args=[hidden.pk])).status_code == 404


def test_the_page_of_a_venture_costs_the_same_for_one_and_for_three_notices(client, django_assert_num_queries):
    notice, (venture, *__) = a_notice()
    for n in (0, 2):
        for __ in range(n):
            again = Notice.objects.create(
                round=notice.round, title="再次公示", opens_on="2020-06-01", closes_on="2020-06-05", days=5
            )
            NoticeLine.objects.create(notice=again, venture=venture, ordinal=1, amount=venture.awarded)
        with django_assert_num_queries(4):  # the venture, its notices, its rulings, its showings
            client.get(reverse("venture", args=[venture.pk]))


@pytest.mark.parametrize(
    ("number", "contact"),
    [
        ("{n}", "138 0013 8000"), ("{n}", "+86-138-0013-8000"), (" {l} ", "１３８００１３８０００"), ("{bare}", "13800138000"),
    ],
)  # fmt: skip
def test_the_receipt_of_an_objection_is_found_again_by_its_number_and_the_contact(client, number, contact):
    notice, ventures = a_notice()
    with at(MONDAY):
        client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0]) | {"contact": "13800138000"})
        n = Objection.objects.get().number
        given = {"number": number.format(n=n, l=n.lower(), bare=n.replace("-", "")), "contact": contact}
        found = client.post(reverse("notice_find_objection"), given, follow=True)
    assert found.status_code == 200 and n in found.content.decode()


def test_a_receipt_is_not_found_by_its_number_alone_and_not_by_trying(client):
    notice, ventures = a_notice()
    with at(MONDAY):
        client.post(reverse("notice_object", args=[notice.pk]), objection(ventures[0]) | {"contact": "13800138000"})
        n, url = Objection.objects.get().number, reverse("notice_find_objection")
        nobodys = n[:-1] + str((int(n[-1]) + 1) % 10)
        for given in ({"number": n, "contact": "13900139000"}, {"number": nobodys, "contact": "13800138000"}):
            answer = client.post(url, given)
            assert answer.status_code == 422 and "请核对" in answer.content.decode()
        answers = [client.post(url, {"number": n, "contact": f"138001390{k:02d}"}).status_code for k in range(9)]
    assert answers == [422] * 8 + [429]
