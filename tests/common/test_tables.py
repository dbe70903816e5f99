"""Tables: sorted pages lose and double nothing, on both engines, however the list lies in its table; what headings,
cards and exports say."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import AccessEntry, Kind, Role, User
from accounts.tables import AccessTable, PeopleTable
from common.models import JournalEntry
from common.site.tables import sorting
from common.site.tables.sorting import Sort, in_order
from common.views.journal import JournalTable
from delivery.tables import DeliveryTable
from organizations.models import Organization
from organizations.tables import OrganizationTable
from tests.factories import a_round, a_user, an_organization
from tests.web.desk_world import body, make_desk, planted, signed_in
from ventures.closure.tables import ClosureTable
from ventures.desk.tables import RemindingTable, VentureTable
from ventures.models import Notice, Venture
from ventures.notices.tables import DeskNoticeTable, NoticeTable
from ventures.states import State

pytestmark = pytest.mark.django_db

SIZE = 3
# Ties, rows without a value, and an order that is not that of the keys.
AMOUNTS = [3, None, 1, 3, None, 2, 3, 1, 9, None, 3]


@pytest.fixture(autouse=True)
def keys_far_apart(monkeypatch):
    """A window of five: a page of three is filled by one, or its list counts as small."""
    monkeypatch.setattr(sorting, "WINDOW", 5)


def request(**query):
    return RequestFactory().get("/", query)


def ventures():
    desk = make_desk()
    for n, amount in enumerate(AMOUNTS):
        value = None if amount is None else Decimal(amount * 100)
        planted(
            desk, State.SHOWN, narrative=False, budget=False, title=f"社区第{n}", requested=value or Decimal(100), awarded=value,
            ends_on=amount and date(2020, 1, amount),
        )  # fmt: skip
    return Venture.objects.all()


def notices():
    round_ = a_round(rules=False)
    for day in (3, 1, 3, 3, 2, 9, 1, 3):
        Notice.objects.create(
            round=round_, title="公示", opens_on=date(2020, 1, 1), closes_on=date(2020, 1, day), days=5
        )
    return Notice.objects.all()


def people():
    for n, day in enumerate(AMOUNTS):
        a_user(Role.CLERK, username=f"{'cab'[n % 3]}{n}", last_login=day and datetime(2020, 1, day, tzinfo=UTC))
    return User.objects.all()


def organizations():
    for name in ("乙社", "甲社", "B社", "a社", "甲二社", "乙二社", "1社"):
        an_organization(name=name)
    return Organization.objects.all()


def entries():
    for n in range(8):
        JournalEntry.objects.create(subject_kind="x", subject_id=n, verb="v", by_name="某")
    return JournalEntry.objects.all()


def access():
    AccessEntry.objects.bulk_create(AccessEntry(kind=Kind.LOG_IN, by_name=f"某{n}") for n in range(8))
    return AccessEntry.objects.all()


OFFERED = [
    (VentureTable, "requested", ventures),
    (VentureTable, "awarded", ventures),
    (RemindingTable, "requested", ventures),
    (RemindingTable, "awarded", ventures),
    (DeliveryTable, "ends_on", ventures),
    (ClosureTable, "awarded", ventures),
    (NoticeTable, "runs", notices),
    (DeskNoticeTable, "runs", notices),
    (OrganizationTable, "organization", organizations),
    (PeopleTable, "username", people),
    (PeopleTable, "last_login", people),
    (JournalTable, "when", entries),
    (AccessTable, "when", access),
]


def through_all_pages(table, rows, **query):
    """Keys of every row, page after page as the links lead."""
    keys, before = [], ""
    for _ in range(len(rows) + 1):
        page = table.newest(rows, request(**query, before=before), SIZE)
        assert not page.is_too_long
        keys += [row.pk for row in page.rows]
        if page.next_key is None:
            return keys
        assert len(page.rows) == SIZE
        before = page.next_key
    raise AssertionError("the pages do not end")


def test_every_sort_that_a_paged_list_offers_is_tried_here():
    from tests.house.test_tables import tables

    offered = {(t, c.name) for t in tables() if t.model for c in t.columns if c.sort}
    assert offered == {(table, column) for table, column, _ in OFFERED}


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(("table", "column", "plant"), OFFERED)
def test_sorted_pages_follow_each_other_and_lose_nothing(table, column, plant, sign):
    rows = plant()
    field = next(c for c in table.columns if c.name == column).sort
    upwards = list(rows.exclude(**{field: None}).order_by(field, "pk").values_list("pk", flat=True))
    gaps = list(rows.filter(**{field: None}).order_by("pk").values_list("pk", flat=True))
    expected = upwards[::-1] + gaps[::-1] if sign else upwards + gaps
    assert through_all_pages(table, rows, sort=sign + column) == expected


@pytest.mark.parametrize("window", [5, 1000])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_list_that_is_a_small_part_of_its_table_is_sorted_whole(monkeypatch, window, sign):
    monkeypatch.setattr(sorting, "WINDOW", window)
    rows = ventures()
    few = rows.filter(title__in=[f"社区第{n}" for n in (0, 2, 8, 9, 10)])
    keys = dict(few.values_list("title", "pk"))
    expected = [keys[f"社区第{n}"] for n in ((8, 10, 0, 2, 9) if sign else (2, 0, 10, 8, 9))]
    assert through_all_pages(VentureTable, few, sort=f"{sign}awarded") == expected
    assert through_all_pages(VentureTable, few, sort=f"{sign}awarded", state="shown") == expected


def test_the_next_page_goes_on_where_the_last_row_stood_though_it_has_left_the_list():
    rows = ventures()
    first = VentureTable.newest(rows, request(sort="-requested"), SIZE)
    Venture.objects.filter(pk=first.rows[-1].pk).update(requested=0, awarded=None)
    second = VentureTable.newest(rows, request(sort="-requested", before=first.next_key), SIZE)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert [row.requested for row in second.rows] == [300, 300, 200]


def test_a_filtered_list_that_is_too_long_stays_as_it_is_and_says_so(monkeypatch):
    monkeypatch.setattr(sorting, "COUNTED", 4)
    rows = ventures()
    page = VentureTable.newest(rows, request(sort="-awarded", state="shown"), SIZE)
    assert page.is_too_long and [r.pk for r in page.rows] == sorted((r.pk for r in rows), reverse=True)[:SIZE]
    assert not [h for h in page.headings if h.order]
    assert VentureTable.newest(rows, request(sort="-awarded"), SIZE).rows[0].awarded == 900
    assert ClosureTable.newest(rows, request(sort="-awarded"), SIZE).is_too_long


@pytest.mark.parametrize(
    "asked", ["secret", "password", "-", "--awarded", "state", "organization", "awarded ", "pk", "-id"]
)
def test_what_is_no_sort_of_the_list_is_ignored(asked):
    rows = ventures()
    newest = sorted((r.pk for r in rows), reverse=True)
    page = VentureTable.newest(rows, request(sort=asked), SIZE)
    assert [r.pk for r in page.rows] == newest[:SIZE] and not page.is_too_long


NONSENSE = ["x", "12", "1:", ":", "1:NaN", "1:Infinity", "1:9e999999", "1:" + "9" * 26, "1:" + "9" * 5000, "1:-1", "1:\x00",
            "1:2020-13-45", "1:0001-01-01T00:00:00+14:00", "1:9999-12-31T23:59:59-14:00", "1:2020-01-01T00:00", "9" * 30 + ":1"]  # fmt: skip


@pytest.mark.parametrize("before", NONSENSE)
def test_a_place_that_nobody_was_sent_to_breaks_nothing(before):
    for plant, fields in ((ventures, ("requested", "awarded", "ends_on")), (people, ("username", "last_login"))):
        rows = plant()
        for field in fields:
            for walks in (True, False):
                in_order(rows, Sort(field, falls=True), before, SIZE, walks=walks)


# --- Over HTTP --------------------------------------------------------------------------------------------------------


def listed(client, name="desk_ventures", **query):
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return body(answer)


def test_headings_lead_down_up_and_back_and_keep_the_filters():
    desk = make_desk()
    planted(desk, State.CLOSED)
    clerk = signed_in(desk.clerk)
    for sort, before, link, order in (
        ("", "999999", "?state=closed&amp;sort=-awarded", ""),
        ("-awarded", "999999:999999.00", "?state=closed&amp;sort=awarded", "descending"),
        ("awarded", "0:0.00", "?state=closed", "ascending"),
    ):
        text = listed(clerk, state="closed", sort=sort, before=before)
        heads = text[text.index("<thead>") : text.index("</thead>")]
        assert f'href="{link}"' in heads and "before" not in heads
        assert re.findall(r'aria-sort="(\w+)"', heads) == ([order] if order else [])


def test_a_filter_keeps_the_order_and_the_way_on_keeps_both():
    desk = make_desk()
    for n in range(31):
        planted(desk, State.SUBMITTED, narrative=False, budget=False, requested=Decimal(100 + n))
    clerk = signed_in(desk.clerk)
    text = listed(clerk, state="submitted", sort="requested")
    assert '<input type="hidden" name="sort" value="requested">' in text
    (way,) = re.findall(r'href="(\?[^"]*before[^"]*)"', text)
    assert "state=submitted" in way and "sort=requested" in way
    answer = clerk.get(reverse("desk_ventures") + way.replace("&amp;", "&"))
    assert [v.requested for v in answer.context["table"].rows] == [130] and "回到开头" in body(answer)


def test_what_a_search_found_is_sorted_too():
    desk = make_desk()
    for n, amount in enumerate((200, 900, 500)):
        planted(desk, State.SUBMITTED, narrative=False, budget=False, title=f"社区{n}", requested=Decimal(amount))
    planted(desk, State.SUBMITTED, narrative=False, budget=False, title="红色", requested=Decimal(700))
    answer = signed_in(desk.clerk).get(reverse("desk_ventures"), {"q": "社区", "sort": "-requested"})
    assert [v.requested for v in answer.context["table"].rows] == [900, 500, 200]
    assert answer.context["table"].count.n == 3


def test_nothing_is_sorted_in_that_its_reader_may_not_see():
    desk = make_desk()
    planted(
        desk,
        State.SUBMITTED,
        narrative=False,
        budget=False,
        title="别处的",
        requested=Decimal(900),
        platform=desk.elsewhere,
    )
    mine = planted(desk, State.SUBMITTED, narrative=False, budget=False, requested=Decimal(100))
    answer = signed_in(desk.operator).get(reverse("desk_ventures"), {"sort": "-requested"})
    assert [v.pk for v in answer.context["table"].rows] == [mine.pk]
    again = signed_in(desk.operator).get(
        reverse("desk_ventures"), {"sort": "-requested", "before": f"{mine.pk}:900.00"}
    )
    assert "别处的" not in body(again)


@pytest.mark.parametrize(
    ("name", "who", "query", "queries"),
    [
        ("desk_ventures", "manager", "?sort=-requested", 11),
        ("desk_ventures", "manager", "?sort=requested&state=submitted", 11),
        ("desk_ventures", "manager", "?sort=awarded", 12),
        ("desk_ventures", "manager", "?q=社区&sort=-requested", 13),
        ("desk_people", "admin", "?sort=username&role=applicant", 8),
        ("desk_journal", "supervisor", "?sort=when", 6),
        ("notices", None, "?sort=-runs", 3),
    ],
)
def test_a_sorted_list_asks_the_same_number_of_queries_for_one_row_and_for_three(
    client, django_assert_num_queries, monkeypatch, name, who, query, queries
):
    monkeypatch.setattr(sorting, "WINDOW", 1000)
    desk = make_desk()
    if who:
        client = signed_in(getattr(desk, who))
    for rows in (1, 3):
        while Venture.objects.count() < rows:
            planted(desk, State.SUBMITTED, title="社区服务")
            a_user(Role.APPLICANT)
            JournalEntry.objects.create(subject_kind="rounds.round", subject_id=1, verb="v", by_name="某")
            Notice.objects.create(
                round=desk.round, title="公示", opens_on=date(2020, 1, 1), closes_on=date(2020, 1, 9), days=5
            )
        client.get(reverse(name) + query)
        with django_assert_num_queries(queries):
            assert client.get(reverse(name) + query).status_code == 200


# --- What an export reads ---------------------------------------------------------------------------------------------


def test_a_table_tells_labels_and_plain_values_for_an_export():
    desk = make_desk()
    venture = planted(desk, State.CLOSED, narrative=False, budget=False, awarded=Decimal("300.00"))
    labels, (record,) = VentureTable.labels(), list(VentureTable.records(Venture.objects.all()))
    assert len(labels) == len(record) == 6
    assert record == [
        str(venture), venture.organization, venture.round.name, venture.get_state_display(), venture.requested, Decimal("300.00"),
    ]  # fmt: skip
    assert len(ClosureTable.labels()) == 5, "buttons are not told"
