"""The experts' desk and the staff pages of the review, over HTTP."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Role
from reviews.models import Recusal, Review
from rounds.states import RoundState
from tests.factories import a_round, a_user
from tests.reviews.steps import panelled, sheet
from ventures.states import State

pytestmark = pytest.mark.django_db


def fields(points):
    return {f"item_{pk}": str(value) for pk, value in points.items()}


@pytest.fixture
def begun():
    return panelled(experts=5, ventures=2).begin()


def test_an_expert_sees_what_is_to_be_scored_and_submits_a_score(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    assert str(review.venture.title) in client.get(reverse("review_home")).content.decode()
    page = client.get(reverse("review_score", args=[review.pk])).content.decode()
    assert "需求分析" in page and "50,000.00 元" in page
    points = sheet(begun.round, 83)
    answer = client.post(reverse("review_score", args=[review.pk]), {**fields(points), "comment": "可行"})
    assert answer.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.total) == (Review.State.SUBMITTED, Decimal("83.00"))
    assert "83.00" in client.get(reverse("review_home")).content.decode()


def test_points_above_the_weight_are_refused_at_the_field_and_what_was_typed_stays(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    item = begun.round.rubric.get(label="需求分析")
    points = sheet(begun.round, 83) | {item.pk: Decimal("15.5")}
    answer = client.post(reverse("review_score", args=[review.pk]), {**fields(points), "comment": "一段不能丢的评语"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "15.5" in body and "一段不能丢的评语" in body
    assert f'id="id_item_{item.pk}"' in body and "field-error" in body
    assert Review.objects.get(pk=review.pk).state == Review.State.ASSIGNED


def test_an_unanswered_criterion_is_named(client, begun):
    client.force_login(begun.experts[0])
    points = sheet(begun.round, 83)
    item = begun.round.rubric.get(label="党建引领")
    points.pop(item.pk)
    answer = client.post(reverse("review_score", args=[begun.review(0).pk]), fields(points))
    assert answer.status_code == 422
    assert "党建引领" in answer.content.decode()


def test_a_draft_is_saved_while_writing(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    item = begun.round.rubric.first()
    path = f"item_{item.pk}"
    touched = {path: "7.5", "comment": "半句", "only": [path, "comment"], "user": begun.experts[0].pk}
    answer = client.post(reverse("review_save", args=[review.pk]), touched).json()
    assert set(answer["base_digests"]) == {path, "comment"} and answer["time"] and not answer["errors"]
    page = client.get(reverse("review_score", args=[review.pk])).content.decode()
    assert 'value="7.5' in page and "半句" in page


def test_a_recused_expert_may_neither_open_nor_score(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    url = reverse("review_score", args=[review.pk])
    client.post(reverse("review_recuse", args=[review.pk]), {"reason": "same_unit", "note": "同一单位"})
    assert Recusal.objects.filter(venture=review.venture, expert=begun.experts[0]).exists()
    for answer in (
        client.get(url),
        client.post(url, fields(sheet(begun.round, 90))),
        client.post(reverse("review_save", args=[review.pk]), fields(sheet(begun.round, 90))),
    ):
        assert answer.status_code == 403
        assert "您已申请回避此项目，无法查看。" in answer.content.decode()
    assert Review.objects.get(pk=review.pk).total is None
    # Nothing of the file is left on the expert's desk but that it was recused.
    home = client.get(reverse("review_home")).content.decode()
    assert review.venture.title not in home and review.venture.number in home


def test_an_expert_does_not_find_the_review_of_another(client, begun):
    client.force_login(begun.experts[1])
    for name in ("review_score", "review_save"):
        assert client.post(reverse(name, args=[begun.review(0).pk])).status_code == 404


def test_a_submitted_score_is_locked(client, begun):
    begun.submit(0, 83)
    client.force_login(begun.experts[0])
    answer = client.post(reverse("review_score", args=[begun.review(0).pk]), fields(sheet(begun.round, 10)))
    assert answer.status_code == 409
    assert begun.review(0).total == Decimal("83.00")


@pytest.mark.engines
def test_the_ranking_proposes_and_the_manager_confirms(client, begun):
    begun.score([90, 80, 85, 88, 84], venture=0)
    begun.score([50, 55, 52, 58, 54], venture=1)
    client.force_login(begun.manager)
    url = reverse("desk_ranking", args=[begun.round.pk])
    page = client.get(url).content.decode()
    assert "85.67" in page  # (85 + 88 + 84) / 3
    first = begun.ventures[0]
    answer = client.post(url, {f"amount_{first.pk}": "45000.00"})
    assert answer.status_code == 302, answer.content.decode()
    begun.refresh()
    assert [v.state for v in begun.ventures] == [State.PROPOSED, State.NOT_SELECTED]
    assert begun.ventures[0].awarded == Decimal("45000.00")


def test_an_amount_above_the_request_is_refused_at_its_field(client, begun):
    begun.score([90, 80, 85, 88, 84], venture=0)
    begun.score([50, 55, 52, 58, 54], venture=1)
    client.force_login(begun.manager)
    first = begun.ventures[0]
    answer = client.post(reverse("desk_ranking", args=[begun.round.pk]), {f"amount_{first.pk}": "50000.01"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "50,000.01" in body and "50,000.00" in body and 'value="50000.01"' in body


def test_the_panel_is_set_and_the_review_begun_from_the_desk(client):
    round_ = panelled(experts=5, ventures=2)
    client.force_login(round_.manager)
    page = client.get(reverse("desk_panel", args=[round_.round.pk])).content.decode()
    assert str(round_.experts[0]) in page
    answer = client.post(reverse("desk_panel_begin", args=[round_.round.pk]))
    assert answer.status_code == 302, answer.content.decode()
    assert Review.objects.count() == 10


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.EXPERT, 403),
        (Role.APPLICANT, 403),
        (Role.FINANCE, 403),
        (Role.OPERATOR, 403),
        (Role.SUPERVISOR, 200),
        (Role.CLERK, 200),
    ],
)
def test_who_opens_the_ranking(client, begun, role, status):
    client.force_login(a_user(role))
    for name in ("desk_ranking", "desk_panel"):
        assert client.get(reverse(name, args=[begun.round.pk])).status_code == status
    if role != Role.CLERK:
        assert client.post(reverse("desk_panel_begin", args=[begun.round.pk])).status_code == 403


@pytest.mark.parametrize("ventures", [1, 3])
def test_the_experts_desk_asks_the_same_number_of_questions_for_one_and_three(
    client, ventures, django_assert_num_queries
):
    begun = panelled(experts=5, ventures=ventures).begin()
    client.force_login(begun.experts[0])
    client.get(reverse("review_home"))
    with django_assert_num_queries(9):  # with what is due
        client.get(reverse("review_home"))


def test_a_ranking_without_ventures_says_so(client):
    round_ = a_round(RoundState.CALL_CLOSED)
    client.force_login(a_user(Role.MANAGER))
    answer = client.get(reverse("desk_ranking", args=[round_.pk]))
    assert answer.status_code == 200 and "还没有可排名的项目" in answer.content.decode()


def touched(client, review, **typed):
    """What the page of the review sends when these are touched; `save` sends it."""
    form = client.get(reverse("review_score", args=[review.pk])).context["form"]
    seen = {f"base_digest-{name}": form.base_digest_of(name) for name in form.compared}

    def save(**more):
        given = {**typed, **more}
        data = {**seen, **given, "only": [n for n in given if "-" not in n], "user": review.expert_id}
        return client.post(reverse("review_save", args=[review.pk]), data)

    return save


def points_of(review):
    return {f"item_{pk}": str(p) for pk, p in review.scores.values_list("item_id", "points")}


def test_two_tabs_of_a_score_sheet_lose_no_criterion(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    first, second, *others = (f"item_{item.pk}" for item in begun.round.rubric.all())
    old = touched(client, review, comment="第二个标签页")
    mine = touched(client, review, **dict.fromkeys([first, *others], "1.0"))
    assert mine().status_code == 200 and len(points_of(review)) == len(others) + 1
    answer = old().json()
    assert not answer["clashes"] and set(answer["fresh"]) == {first, *others}, "what another tab has filled in is shown"
    assert len(points_of(review)) == len(others) + 1 and "criterion" in answer["fresh"][first]["html"]
    answer = old(**{first: "2.0", second: "3.0"}).json()
    assert points_of(review)[first] == "1.00" and points_of(review)[second] == "3.00"
    clash = answer["clashes"][first]
    assert "1.00" in clash["html"] and "2.0" in clash["html"] and review.expert.name in clash["html"]
    assert first not in answer["base_digests"] and second in answer["base_digests"]
    chosen = old(**{first: "2.0", f"base_digest-{first}": clash["theirs"]}).json()
    assert not chosen["clashes"] and points_of(review)[first] == "2.00"


def test_handing_in_from_an_old_tab_shows_what_stands_there_now(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    url = reverse("review_score", args=[review.pk])
    form = client.get(url).context["form"]
    old = {f"base_digest-{name}": form.base_digest_of(name) for name in form.compared}
    item = f"item_{begun.round.rubric.first().pk}"
    touched(client, review, **{item: "0.5"})()
    answer = client.post(url, {**fields(sheet(begun.round, 83)), **old})
    assert answer.status_code == 409 and "0.5" in answer.content.decode()
    review.refresh_from_db()
    assert review.state == "assigned" and points_of(review) == {item: "0.50"}


def test_a_criterion_out_of_range_keeps_nothing_else_from_being_saved(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    first, second = (f"item_{item.pk}" for item in list(begun.round.rubric.all())[:2])
    answer = touched(client, review, **{first: "99", second: "1.5"})().json()
    assert "99" in answer["errors"][first][0] and points_of(review) == {second: "1.50"}


def test_an_answer_that_got_lost_is_no_other_tab(client, begun):
    client.force_login(begun.experts[0])
    review = begun.review(0)
    save = touched(client, review)
    save(comment="第一句。")  # arrives, and its answer does not
    answer = save(comment="第一句。第二句。", **{"before-comment": "第一句。"}).json()
    review.refresh_from_db()
    assert not answer["clashes"] and review.comment == "第一句。第二句。"


def test_a_page_of_somebody_else_is_not_saved(client, begun):
    client.force_login(begun.experts[0])
    answer = client.post(
        reverse("review_save", args=[begun.review(0).pk]), {"user": "0", "only": "comment", "comment": "x"}
    )
    assert answer.status_code == 409 and answer.json()["problem"]
