"""Lists and their search boxes over HTTP: what is found and marked, nothing of what one may not see, known costs."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from common.clock import now, today
from common.site.paging import Count, bounded_count, bounded_counts
from common.site.todo import todo
from rounds.states import RoundState
from tests.factories import a_credit_code, a_round, a_venture, an_organization
from tests.web.desk_world import body, make_desk, on_notice, planted, signed_in
from ventures.models import Notice, NoticeLine, Venture
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture
def desk(db):
    return make_desk()


def listed(client, name, **query):
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return body(answer)


# --- Found and marked ---


def test_the_list_marks_what_was_found_in_number_title_and_organization(desk):
    planted(desk, State.SUBMITTED, title="“爱在身边”农村老党员", number="HC2020-001")
    text = listed(signed_in(desk.clerk), "desk_ventures", q="ｈｃ２０２０ 爱在身边农村")
    assert "<mark>HC2020</mark>-001" in text and "<mark>爱在身边”农村</mark>老党员" in text


def test_what_is_marked_is_escaped(desk):
    planted(desk, State.SUBMITTED, title="<b>社区</b>")
    text = listed(signed_in(desk.clerk), "desk_ventures", q="社区")
    assert "&lt;b&gt;<mark>社区</mark>&lt;/b&gt;" in text


@pytest.mark.parametrize("q", ["鲸鱼", "%", "社_鲸", "<script>", "a\x00b", "社" * 300, "' OR 1=1 --"])
@pytest.mark.parametrize("name", ["desk_ventures", "desk_organizations", "desk_delivery", "notices"])
def test_a_search_that_finds_nothing_says_for_what_and_offers_to_clear_it(desk, name, q):
    planted(desk, State.SUBMITTED, title="社区服务")
    text = listed(signed_in(desk.clerk), name, q=q)
    assert "清除搜索" in text and "社区服务" not in text and "<script>" not in text


def test_a_search_keeps_the_filters_and_the_filters_keep_the_search(desk):
    planted(desk, State.SUBMITTED, title="社区甲")
    planted(desk, State.CLOSED, title="社区乙")
    text = listed(signed_in(desk.clerk), "desk_ventures", q="社区", state="closed")
    assert "<mark>社区</mark>乙" in text and "<mark>社区</mark>甲" not in text
    text = listed(signed_in(desk.clerk), "desk_ventures", q="鲸鱼", state="closed")
    assert 'href="?state=closed"' in text


def test_an_organization_is_found_by_name_and_code(desk):
    an_organization(name="独山港镇晨曦服务社", credit_code=a_credit_code(555))
    clerk = signed_in(desk.clerk)
    for q in ("晨曦", "独山", "000555"):
        assert "服务社</a>" in listed(clerk, "desk_organizations", q=q)
    assert "服务社</a>" not in listed(clerk, "desk_organizations", q="鲸鱼")


def test_a_search_is_paged_by_key_and_loses_nothing(desk):
    made = [planted(desk, State.SUBMITTED, narrative=False, budget=False, title=f"社区第{n:02d}") for n in range(32)]
    clerk = signed_in(desk.clerk)
    first = listed(clerk, "desk_ventures", q="社区")
    second = listed(clerk, "desk_ventures", q="社区", before=made[2].pk)
    assert f"before={made[2].pk}" in first and f"q={quote('社区')}" in first
    for n in range(32):
        assert (f"第{n:02d}》" in first) != (f"第{n:02d}》" in second)


def test_a_page_that_found_nothing_so_far_offers_to_go_on(desk, monkeypatch):
    monkeypatch.setattr("common.search.querying.BOUND", 2)
    wanted = planted(desk, State.CLOSED, title="社区甲")
    closed = [planted(desk, State.CLOSED, title=f"红色{n}") for n in range(3)]
    others = [planted(desk, State.SUBMITTED, title=f"社区{n}") for n in range(3)]
    closed.append(planted(desk, State.CLOSED, title="红色路线"))
    clerk = signed_in(desk.clerk)
    text = listed(clerk, "desk_ventures", q="社区", state="closed")
    assert "继续查找" in text and "没有" in text and "以上" not in text
    text = listed(clerk, "desk_ventures", q="社区", state="closed", before=others[0].pk + 1)
    assert "<mark>社区</mark>甲" in text and wanted.pk < others[0].pk


# --- Nothing of what one may not see ---


def test_a_search_neither_lists_nor_counts_what_its_reader_may_not_see(desk):
    planted(desk, State.SUBMITTED, title="社区甲")
    planted(desk, State.SUBMITTED, title="社区乙", platform=desk.elsewhere)
    planted(desk, State.DRAFT, title="社区丙", number="HC2020-900")
    clerk, operator = (listed(signed_in(u), "desk_ventures", q="社区") for u in (desk.clerk, desk.operator))
    assert "</mark>乙" in clerk and "</mark>丙" not in clerk and 'fw-normal">2</small>' in clerk
    assert "</mark>甲" in operator and "</mark>乙" not in operator and 'fw-normal">1</small>' in operator


def test_the_public_finds_what_was_on_a_notice_and_nothing_else(desk, client):
    venture, notice = on_notice(desk)
    Venture.objects.filter(pk=venture.pk).update(title="社区公示过的")
    hidden = planted(desk, State.PROPOSED, title="社区拟立项的")
    refused = planted(desk, State.NOT_ACCEPTED, title="社区没受理的")
    from ventures.search_index import index_ventures

    index_ventures([venture.pk, hidden.pk, refused.pk])
    text = listed(client, "notices", q="社区")
    assert "<mark>社区</mark>公示过的" in text and reverse("notice", args=[notice.pk]) in text
    assert "拟立项的" not in text and "没受理的" not in text
    assert "清除搜索" in listed(client, "notices", q="没受理")


def test_a_venture_on_two_notices_is_listed_once_where_it_was_published_last(desk, client):
    venture, __ = on_notice(desk, days_left=-9)
    day = today()
    again = Notice.objects.create(
        round=desk.round, title="第二次公示", opens_on=day, closes_on=day + timedelta(7), days=5
    )
    NoticeLine.objects.create(notice=again, venture=venture, ordinal=1, amount=venture.awarded)
    text = listed(client, "notices", q=venture.number)
    assert text.count(reverse("notice", args=[again.pk])) == 1 and "拟立项项目公示" not in text


# --- What it costs ---


def queries_of(client, url):
    client.get(url, follow=True)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url, follow=True).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("name", "query", "queries"),
    [
        ("desk_ventures", "", 9),
        ("desk_ventures", "?q=社区", 12),
        ("desk_ventures", "?q=社区+服务&state=submitted", 12),
        ("desk_ventures", "?q=鲸鱼", 7),
        ("desk_delivery", "?q=鲸鱼", 7),
        ("desk_organizations", "?q=演示", 11),
        ("desk_organizations", "?q=鲸鱼", 7),
    ],
)
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_three(desk, name, query, queries):
    manager = signed_in(desk.manager)
    for rows in (1, 3):
        while desk.round.ventures.count() < rows:
            planted(desk, State.SUBMITTED, title="社区服务")
        assert queries_of(manager, reverse(name) + query) == queries, rows


@pytest.mark.parametrize(
    ("name", "query", "queries"), [("notices", "", 1), ("notices", "?q=鲸鱼", 1), ("rounds", "", 1)]
)
def test_a_public_list_asks_one_query(desk, client, name, query, queries):
    for _ in range(2):
        on_notice(desk)
        assert queries_of(client, reverse(name) + query) == queries


def test_counts_end_where_nobody_reads_on(desk, monkeypatch):
    monkeypatch.setattr("common.site.paging.COUNTED", 2)
    monkeypatch.setattr("common.site.todo.COUNTED", 2)
    for _ in range(3):
        planted(desk, State.SUBMITTED, narrative=False, budget=False)
    rows = Venture.objects.filter(state=State.SUBMITTED)
    with override("zh-hans"):
        assert bounded_count(rows) == Count(2, more=True) and str(bounded_count(rows)) == "2 以上"
    assert bounded_count(rows.filter(pk__in=rows.values("pk")[:2])) == Count(2)
    assert bounded_counts({"all": rows, "none": rows.none() | rows.filter(pk=0)}) == {
        "all": Count(2, more=True),
        "none": Count(0),
    }
    assert [item.count for item in todo(desk.clerk)] == [Count(2, more=True)]
    assert "2 以上" in listed(signed_in(desk.clerk), "desk_ventures")


def test_how_long_something_waits_is_read_from_its_row_and_not_from_the_journal(desk):
    since = now() - timedelta(days=12)
    planted(desk, State.SHOWN, state_since=since, narrative=False, budget=False)
    planted(desk, State.SHOWN, narrative=False, budget=False)
    (waiting,) = [item for item in todo(desk.manager) if item.url == reverse("desk_closures")]
    assert (waiting.since, waiting.days) == (since, 12)


def test_the_board_and_the_public_rounds_are_paged(desk, client, monkeypatch):
    monkeypatch.setattr("ventures.desk.views.rounds.ROUNDS", 2)
    rounds = [desk.round, *(a_round(RoundState.OPEN, rules=False) for _ in range(2))]
    clerk = signed_in(desk.clerk)
    first = listed(clerk, "desk_rounds")
    assert f"before={rounds[1].pk}" in first and str(rounds[0].title) not in first
    assert rounds[0].title in listed(clerk, "desk_rounds", before=rounds[1].pk)
    assert all(r.title in listed(client, "rounds") for r in rounds)


def test_an_old_round_is_filtered_by_though_the_list_of_rounds_ends_before_it(desk, monkeypatch):
    monkeypatch.setattr("rounds.forms.choosing.ROUNDS", 1)
    wanted = planted(desk, State.SUBMITTED, title="旧届项目")
    a_venture(State.SUBMITTED, round=a_round(platform=desk.platform), title="新届项目")
    text = listed(signed_in(desk.clerk), "desk_ventures", round=desk.round.pk)
    assert wanted.title in text and "新届项目" not in text and f'value="{desk.round.pk}" selected' in text
