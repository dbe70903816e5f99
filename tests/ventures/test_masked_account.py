"""The bank account on the papers of an application: whole for those who see money, its last digits for others."""

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from organizations.models import Membership, Part
from tests.factories import a_user
from tests.web.desk_world import make_desk, planted, to_screen
from ventures import actions
from ventures.models import Submission
from ventures.states import State

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "12345678901234567890", "99990000888811113333"


@pytest.fixture
def desk():
    """Two versions, between which the account was changed."""
    desk = make_desk()
    desk.venture = to_screen(desk)
    actions.return_for_correction(desk.venture, by=desk.clerk, fields={"organization": "账号有误"})
    desk.organization.bank_account = AFTER
    desk.organization.save()
    actions.resubmit(desk.venture, by=desk.applicant)
    return desk


def papers(desk, user, side):
    client = Client()
    client.force_login(user)

    def get(name, *more):
        answer = client.get(reverse(f"{side}_{name}", args=[desk.venture.pk, *more]))
        assert answer.status_code == 200
        return answer

    def text(answer):
        return "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")

    yield get("compare").content.decode()
    yield text(get("pdf"))
    yield text(get("submission_pdf", 2))
    if side == "apply":
        yield get("print").content.decode()


@pytest.mark.parametrize(("part", "seen"), [(p, p != Part.READER) for p in Part])
def test_a_reader_of_the_organization_sees_the_last_digits(desk, part, seen):
    user = a_user()
    Membership.objects.create(user=user, organization=desk.organization, part=part)
    for paper in papers(desk, user, "apply"):
        assert (AFTER in paper) == seen
        assert seen == (BEFORE in paper) or "3333" in paper


@pytest.mark.parametrize(("role", "seen"), [("clerk", True), ("supervisor", True), ("operator", False)])
def test_an_operator_sees_the_last_digits(desk, role, seen):
    for paper in papers(desk, getattr(desk, role), "desk"):
        assert (AFTER in paper) == seen
        assert "3333" in paper


def test_a_returned_application_shows_the_account_that_was_handed_in(desk):
    venture = planted(desk, State.SUBMITTED)
    actions.return_for_correction(venture, by=desk.clerk, fields={"plan": "请补充"})
    assert Submission.objects.get(venture=venture).content["organization"]["bank_account"] == AFTER
    desk.organization.bank_account = BEFORE
    desk.organization.save()
    client = Client()
    client.force_login(desk.applicant)
    page = client.get(reverse("apply_print", args=[venture.pk])).content.decode()
    assert AFTER in page and BEFORE not in page
