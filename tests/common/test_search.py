"""The index behind every search box: what is found, what is plain text, who may find it, and that it stays current."""

import random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from common import search
from common.models.search import SearchGram, SearchText
from common.search import grams, index, matching
from common.search.indexing import fill_if_empty
from organizations import actions as register
from organizations.search_index import KIND as ORGANIZATIONS
from tests.factories import a_credit_code, a_round, a_user, a_venture, an_applicant, an_organization
from tests.waiting import DEADLINE
from ventures.models import Venture
from ventures.search_index import KIND, index_venture
from ventures.states import State

pytestmark = pytest.mark.engines


def found(query, rows=None):
    rows = Venture.objects.all() if rows is None else rows
    return set(matching(rows, KIND, query).keys)


@pytest.fixture
def venture(db):
    """One with everything that is awkward in its title."""
    organization = an_organization(name="独山港镇晨曦社会工作服务社", credit_code=a_credit_code(731))
    return a_venture(
        State.SUBMITTED,
        number="HC2020-001",
        title="“爱在身边”——农村老党员 𠮷田 5G社区《关爱》100%_服务",
        organization=organization,
    )


@pytest.fixture
def other(db):
    return a_venture(State.SUBMITTED, number="HC2020-742", title="红色路线推广")


# --- What is found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "社区", "关爱", "党", "𠮷", "𠮷田", "老党员", "爱在身边农村老党员", "“爱在身边”——农村", "《关爱》", "5G社区", "５ｇ社区",
        "hc2020-001", "ＨＣ２０２０-００１", "HC2020001", "2020-001", "001", "h", "hc", "晨曦", "社会工作服务社", "独山港镇",
        "社区 老党员", "  社区　晨曦 ", "100%", "_服务", "服务", "MJA", "51330482mja000731", "社区 %", "农村老党员,𠮷田",
    ],
)  # fmt: skip
def test_a_venture_is_found_by(venture, other, query):
    assert found(query) & {venture.pk} == {venture.pk}


@pytest.mark.parametrize(
    "query",
    [
        "鲸鱼", "社区服务", "区老", "社区 鲸鱼", "01", "党员老", "*", "%", "_", "《》", "\"社区\" OR 红色*", "社_员", "社%员",
        "a", "社区-鲸", "NEAR(社区)", "''", "\\", "\x00", "\ud800", "社" * 300, " ".join(map(chr, range(0x4E00, 0x4F2C))), "1" * 300, "a b c d", "0002",
    ],
)  # fmt: skip
def test_a_venture_is_not_found_by(venture, query):
    assert venture.pk not in found(query)


def test_a_word_does_not_reach_from_one_field_into_the_next(venture):
    assert found("服务独山") == set() and found("001爱在") == set()


def test_short_latin_words_are_looked_for_where_a_run_begins_whichever_word_leads(venture):
    assert found("社区 hc") == {venture.pk}
    assert found("社区 01") == set()


@given(st.text(max_size=40), st.text(max_size=12))
def test_whatever_is_typed_a_match_contains_it_and_what_contains_it_matches(text, query):
    haystack, needles = grams.haystack([text]), grams.needles_of(query)
    filed = grams.grams_of(haystack)
    if all(needle in haystack for needle in needles):
        assert set(grams.grams_for(needles)) <= filed


@given(st.text(max_size=30), st.integers(0, 29), st.integers(2, 8))
def test_a_piece_of_a_text_is_found_in_it(text, start, length):
    needles = grams.needles_of(text[start : start + length])
    haystack = grams.haystack([text])
    assert all(needle in haystack for needle in needles if not needle.startswith(" "))


def test_grams_are_packed_without_two_alike():
    some = {"a", "ab", "abc", "社", "社区", "区社", "𠮷", "𠮷田", "\U0003134a区", "1", "11", "111"}
    numbers = {grams.packed(kind, gram) for kind in (1, 2, 511) for gram in some}
    assert len(numbers) == 3 * len(some)
    assert all(0 < n < 1 << 63 for n in numbers)


def test_what_was_found_is_marked_where_it_stands():
    text = "HC2020-001《“爱在身边”农村老党员》"
    assert [text[a:b] for a, b in search.spans(text, "爱在身边农村 hc2020001")] == ["HC2020-001", "爱在身边”农村"]
    assert search.spans(text, "01") == [] and search.spans(text, "%") == []
    assert [text[a:b] for a, b in search.spans(text, "老党 党员")] == ["老党员"]


# --- Lists ------------------------------------------------------------------------------------------------------------


def test_everything_is_found_page_by_page_when_there_is_more_than_is_looked_at_at_once(db, monkeypatch):
    monkeypatch.setattr("common.search.querying.BOUND", 7)
    round_, organization = a_round(quota=99, budget=9_999_999), an_organization()
    rng = random.Random(3)
    made = [
        a_venture(
            rng.choice([State.SUBMITTED, State.ELIGIBLE, State.CLOSED]), narrative=False, budget=False, round=round_,
            organization=organization, title=rng.choice(["社区服务", "社区", "服务社", "红色路线"]),
        )
        for _ in range(60)
    ]  # fmt: skip
    for state in (None, State.SUBMITTED, State.CLOSED):
        rows = Venture.objects.filter(state=state) if state else Venture.objects.all()
        for query in ("社区", "服务", "社", "社区 服务", "区服", "演示", "鲸鱼"):
            keys, before = [], None
            while True:
                got = matching(rows, KIND, query, before)
                keys += got.keys
                if (before := got.rest) is None:
                    break
            words = query.split()
            expected = [
                v.pk
                for v in reversed(made)
                if (state is None or v.state == state) and all(w in v.title + organization.name for w in words)
            ]
            assert keys == expected, (state, query)


def test_a_number_is_found_at_once_however_many_are_numbered_alike(db, monkeypatch):
    round_, organization = a_round(), an_organization()
    made = [
        a_venture(
            State.SUBMITTED, number=f"HC2020-{n:03d}", narrative=False, budget=False, round=round_, organization=organization
        )
        for n in range(1, 12)
    ]  # fmt: skip
    monkeypatch.setattr("common.search.querying.BOUND", 3)
    for query in ("HC2020-001", "ｈｃ２０２０-００１"):
        assert found(query) == {made[0].pk}
    assert not found("HC2020-001", Venture.objects.filter(state=State.CLOSED))


def test_a_search_asks_four_queries_and_one_that_finds_nothing_one(venture, other):
    for query, queries in (("社区", 4), ("社区 老党员 晨曦", 4), ("hc2020", 4), ("鲸鱼", 1), ("%", 0)):
        with CaptureQueriesContext(connection) as seen:
            matching(Venture.objects.all(), KIND, query)
        assert len(seen) == queries, query


# --- Staying current --------------------------------------------------------------------------------------------------


def filed():
    return set(SearchText.objects.values_list("kind", "subject_id", "text")), set(
        SearchGram.objects.values_list("gram", "subject_id")
    )


def rebuilt():
    SearchText.objects.all().delete()
    SearchGram.objects.all().delete()
    call_command("reindex", verbosity=0)
    return filed()


def test_a_new_title_is_found_and_the_old_one_is_not(venture, other):
    Venture.objects.filter(pk=venture.pk).update(title="新居民融入")
    index_venture(venture.pk)
    assert found("新居民") == {venture.pk} and found("老党员") == set()
    assert filed() == rebuilt()


def test_a_renamed_organization_takes_its_ventures_along(db):
    applicant, organization = an_applicant()
    venture = a_venture(State.SUBMITTED, organization=organization)
    other = a_venture(State.SUBMITTED)
    register.edit(organization, by=applicant, name="平湖市鲸鱼公益发展中心")
    assert found("鲸鱼") == {venture.pk} and other.pk not in found("鲸鱼")
    assert found("鲸鱼", rows=Venture.objects.none()) == set()
    assert matching(type(organization).objects.all(), ORGANIZATIONS, "鲸鱼").keys == [organization.pk]
    assert filed() == rebuilt()


def test_what_is_gone_is_taken_out_with_the_next_filing(venture):
    pk = venture.pk
    venture.budget_lines.all().delete()
    venture.delete()
    index_venture(pk)
    assert not SearchText.objects.filter(kind=1, subject_id=pk).exists()
    assert not SearchGram.objects.filter(subject_id=pk, gram__lt=2 << 54, gram__gte=1 << 54).exists()


def test_filing_again_writes_nothing(venture):
    with CaptureQueriesContext(connection) as seen:
        index_venture(venture.pk)
    assert not [q for q in seen.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_what_is_taken_back_is_not_filed(db):
    from django.db import transaction

    venture = a_venture(State.SUBMITTED, title="红色路线")
    try:
        with transaction.atomic():
            Venture.objects.filter(pk=venture.pk).update(title="鲸鱼")
            index_venture(venture.pk)
            raise RuntimeError
    except RuntimeError:
        pass
    assert found("鲸鱼") == set() and found("红色") == {venture.pk}


def test_a_draft_is_filed_when_it_is_submitted_or_entered_by_staff(db):
    draft = a_venture(State.DRAFT, title="还没想好的题目")
    ours = a_venture(State.DRAFT, title="代录的题目", entered_by=a_user("clerk"))
    assert found("题目") == {ours.pk}
    Venture.objects.filter(pk=draft.pk).update(number="HC2020-009")
    index_venture(draft.pk)
    assert found("题目") == {ours.pk, draft.pk}


def test_reindex_mends_what_is_missing_and_takes_out_what_is_stale(venture, other):
    whole = filed()
    SearchGram.objects.filter(subject_id=venture.pk).delete()
    SearchText.objects.filter(kind=1, subject_id=other.pk).update(text="鲸鱼")
    SearchText.objects.create(kind=1, subject_id=other.pk + 1000, text="鲸鱼")
    call_command("reindex", verbosity=0)
    assert filed()[0] == whole[0] and whole[1] <= filed()[1]


def test_an_installation_from_before_the_index_is_filed_after_its_migration(venture, other):
    whole = filed()
    SearchText.objects.all().delete()
    SearchGram.objects.all().delete()
    fill_if_empty()
    assert filed() == whole


# --- Who may find it --------------------------------------------------------------------------------------------------


def test_a_search_finds_nothing_that_its_reader_may_not_see(venture, other, monkeypatch):
    hidden = a_venture(State.DRAFT, title="老党员的草稿", number="HC2020-777")  # withdrawn: filed, not the desk's
    clerk, operator, stranger = a_user("clerk"), a_user("operator"), a_user("applicant")
    assert hidden.pk in found("老党员")
    later = a_venture(State.SUBMITTED, title="老党员")
    assert found("老党员", Venture.objects.visible_to(clerk)) == {venture.pk, later.pk}
    monkeypatch.setattr("common.search.querying.BOUND", 2)  # whether the list leads or the gram
    assert found("老党员", Venture.objects.visible_to(clerk)) == {later.pk}
    for nobody in (operator, stranger):
        assert matching(Venture.objects.visible_to(nobody), KIND, "老党员").keys == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_file_the_same_thing_at_once_leave_what_is_stored():
    from threading import Barrier, Thread

    from django.db import transaction

    organization = an_organization(name="最初的单位")
    venture = a_venture(State.SUBMITTED, title="最初的题目", organization=organization)
    barrier = Barrier(2)

    def save(row, kind, **fields):
        try:
            with transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**fields)
                barrier.wait(timeout=DEADLINE)
                index(kind, row.pk)
        finally:
            connection.close()

    for nth in range(10):
        barrier.reset()
        threads = [
            Thread(target=save, args=(venture, KIND), kwargs={"title": f"题目{nth}"}),
            Thread(target=save, args=(organization, ORGANIZATIONS), kwargs={"name": f"单位{nth}"}),
        ]
        for t in threads:
            t.start()
        for t in threads:
            t.join(timeout=DEADLINE)
        assert found(f"题目{nth} 单位{nth}") == {venture.pk}
    assert filed() == rebuilt()
