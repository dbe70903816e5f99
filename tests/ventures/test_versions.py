"""Receipts and versions: one for each submission, never changed, compared field by field."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from tests.factories import a_round, a_user, a_venture, an_applicant
from ventures import actions
from ventures.application.content import ApplicationContent, Difference, differences, form_of, hash_of
from ventures.models import Submission, Venture

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def world() -> SimpleNamespace:
    user, organization = an_applicant()
    venture = a_venture(round=a_round(), organization=organization)
    actions.submit(venture, by=user)
    return SimpleNamespace(user=user, venture=venture, clerk=a_user(Role.CLERK))


def corrected(world: SimpleNamespace) -> tuple[Submission, Submission]:
    actions.return_for_correction(world.venture, by=world.clerk, fields={"summary": "太短", "budget": "缺依据"})
    actions.save_draft(world.venture, by=world.user, values={"summary": "写得长一些了。"})
    actions.resubmit(world.venture, by=world.user)
    first, second = world.venture.submissions.all()
    return first, second


def test_each_submission_has_one_receipt_with_number_and_hash(world: SimpleNamespace) -> None:
    first, second = corrected(world)
    assert [first.receipt, second.receipt] == [f"{world.venture.number}-1", f"{world.venture.number}-2"]
    assert first.hash == hash_of(first.content)
    assert first.hash != second.hash
    assert second.hash == ApplicationContent(Venture.objects.get(pk=world.venture.pk)).hash


def test_the_hash_does_not_depend_on_the_language_of_who_submits(world: SimpleNamespace) -> None:
    venture = Venture.objects.get(pk=world.venture.pk)
    with translation.override("en"):
        english = ApplicationContent(venture).hash
    with translation.override("zh-hans"):
        assert ApplicationContent(venture).hash == english


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_or_delete_a_submission(world: SimpleNamespace) -> None:
    for change in (lambda rows: rows.update(hash="0"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Submission.objects.filter(venture=world.venture))


def test_the_comparison_shows_the_changed_field_and_no_other(world: SimpleNamespace, client: Any) -> None:
    first, second = corrected(world)
    found = differences(first.content, second.content, form_of(world.venture.round))
    assert [d.path for d in found] == ["summary"]
    client.force_login(world.clerk)
    page = client.get(reverse("desk_compare", args=[world.venture.pk])).content.decode()
    assert 'data-path="summary"' in page
    assert page.count("data-path=") == 1


def test_a_change_of_the_organization_is_told_in_the_comparison(world: SimpleNamespace) -> None:
    organization = world.venture.organization
    before = ApplicationContent(world.venture).content
    organization.address = "搬到了新地址"
    organization.save()
    found = differences(
        before, ApplicationContent(Venture.objects.get(pk=world.venture.pk)).content, form_of(world.venture.round)
    )
    assert [(d.path, "搬到了新地址" in d.new) for d in found] == [("organization", True)]


def test_the_applicant_compares_with_the_present_state_and_the_desk_does_not_see_it(
    world: SimpleNamespace, client: Any
) -> None:
    actions.return_for_correction(world.venture, by=world.clerk, fields={"summary": "太短"})
    actions.save_draft(world.venture, by=world.user, values={"summary": "还没有提交的新文字"})
    client.force_login(world.user)
    assert (
        "还没有提交的新文字"
        in client.get(reverse("apply_compare", args=[world.venture.pk]) + "?to=now").content.decode()
    )
    client.force_login(world.clerk)
    answer = client.get(reverse("desk_compare", args=[world.venture.pk]) + "?to=now")
    assert answer.status_code == 200
    assert "还没有提交的新文字" not in answer.content.decode()


def test_receipts_are_for_those_who_see_the_venture(world: SimpleNamespace, client: Any) -> None:
    stranger, __ = an_applicant()
    for person, name, status in (
        (world.user, "apply_receipt", 200),
        (stranger, "apply_receipt", 404),
        (world.clerk, "desk_receipt", 200),
        (a_user(Role.EXPERT), "desk_receipt", 403),
    ):
        client.force_login(person)
        assert client.get(reverse(name, args=[world.venture.pk, 1])).status_code == status
    client.force_login(world.user)
    assert client.get(reverse("apply_receipt", args=[world.venture.pk, 9])).status_code == 404


def test_numbers_are_struck_and_added_whole() -> None:
    parts = Difference("beneficiaries", "直接受益人数", "服务 200 人", "服务 80 人").parts
    assert parts == [("equal", "服务 ", "服务 "), ("replace", "200", "80"), ("equal", " 人", " 人")]
