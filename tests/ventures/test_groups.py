"""A 备案 group has no code of its own: wherever one stands, it is that of its host."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from common.clock import today
from common.search import index, matching
from organizations import actions as register
from organizations.models import Organization
from organizations.search_index import KIND as ORGANIZATIONS
from reports.audience import Audience
from reports.queries import scope_of
from reports.queries.projects import projects
from tests.factories import a_user, a_venture, an_applicant, an_organization
from ventures.application.content import ApplicationContent
from ventures.models import Venture
from ventures.search_index import KIND
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def group():
    __, host = an_applicant()
    user = a_user()
    group = an_organization(members=[user], name="邻里互助队", credit_code="", host=host, hosting="agreed")
    group.owner = user
    return group


def found(code, kind=KIND, model=Venture):
    return set(matching(model.objects.all(), kind, code).keys)


def test_its_venture_is_found_by_the_code_of_its_host_and_by_that_of_another_host_later(group):
    venture = a_venture(State.SUBMITTED, organization=group)
    call_command("reindex", verbosity=0)
    old, new = group.host, an_organization()
    assert venture.pk in found(old.credit_code)
    assert group.pk in found(old.credit_code, ORGANIZATIONS, Organization)
    register.ask_host(group, by=group.owner, host_code=new.credit_code)
    assert venture.pk in found(new.credit_code) and venture.pk not in found(old.credit_code)


def test_a_host_whose_code_is_corrected_takes_its_groups_along(group):
    venture = a_venture(State.SUBMITTED, organization=group)
    call_command("reindex", verbosity=0)
    Organization.objects.filter(pk=group.host.pk).update(credit_code="52330482MJ000000X0")
    index(ORGANIZATIONS, group.host.pk)
    assert venture.pk in found("52330482MJ000000X0")


def test_the_applicants_pages_the_sheet_and_the_frozen_version_carry_it(group, client):
    code = group.host.credit_code
    venture = a_venture(State.SUBMITTED, organization=group)
    draft = a_venture(State.DRAFT, organization=group)
    client.force_login(group.owner)
    assert code in client.get(reverse("apply_home")).content.decode()
    assert code in client.get(reverse("apply_print", args=[draft.pk])).content.decode()
    assert ApplicationContent(venture).content["organization"]["credit_code"] == code
    scope = scope_of(venture.round, venture.platform, today() + timedelta(1), Audience.REVIEW)
    assert [row["credit_code"] for row in projects(scope) if row["organization"] == "邻里互助队"] == [code]
