"""Every URL, requested as every role, on things that are theirs, not theirs and not there: nobody opens a door that the
rules keep shut, and nothing breaks (no 5xx)."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import AccountRequest, Role
from common.machine.actors import SYSTEM
from common.models import StoredFile
from common.site.checks import patterns
from common.site.web import PUBLIC
from organizations.models import AnnualInspection, Ban, CreditListing, Incubation, PartyMark, Rating, RegisterImport
from reviews.models import Review
from rounds.models import AttachmentRule, FormSection, Question
from rounds.states import RoundState
from showcases.models import Event, Exhibit, ProgrammeItem
from tests.corpus.draw import one_of
from tests.factories import a_place, a_platform, a_round, a_user, a_venture, an_applicant, an_invitation
from tests.showcases.steps import ENDS, STARTS
from ventures.application.actions.applying import freeze_submission
from ventures.models import Attachment, Notice, NoticeLine, Objection
from ventures.states import State

pytestmark = pytest.mark.django_db

# The rules are the same on both engines; the manager, who opens most doors, looks behind them on both.
ROLES = [pytest.param(role, marks=pytest.mark.engines if role == Role.MANAGER else ()) for role in (None, *Role)]
NOT_THERE = 999_999


@pytest.fixture
def doors():
    found = list(patterns())
    assert len(found) > 90
    return found


@pytest.fixture
def world():
    """One of everything, belonging to an organization of its own."""
    __, organization = an_applicant()
    round_ = a_round(RoundState.IN_REVIEW)
    expert = a_user(Role.EXPERT)
    venture = a_venture(State.IN_REVIEW, round=round_, organization=organization)
    noticed = a_venture(State.ON_NOTICE, round=round_, organization=organization)
    review = Review.objects.create(venture=venture, expert=expert)
    notice = Notice.objects.create(
        round=round_, title="公示", opens_on=STARTS.date(), closes_on=ENDS.date(), working_days=1
    )
    NoticeLine.objects.create(notice=notice, venture=noticed, ordinal=1, amount=noticed.awarded)
    objection = Objection.objects.create(notice=notice, venture=noticed, name="市民", contact="1", text="理由")
    event = Event.objects.create(name="成果展", starts_at=STARTS, ends_at=ENDS, venue="中心", is_public=True)
    event.shows.add(round_)
    exhibit = Exhibit.objects.create(event=event, venture=noticed, ordinal=1)
    item = ProgrammeItem.objects.create(event=event, ordinal=1, title="开场")
    a_platform(name="林埭镇平台", tier="town", place=a_place())
    return SimpleNamespace(
        ids={
            "ventures": venture.pk,
            "screening": venture.pk,
            "rounds": round_.pk,
            "reviews": review.pk,
            "notices": notice.pk,
            "objections": objection.pk,
            "showcases": event.pk,
            "exhibits": exhibit.pk,
            "programme": item.pk,
            "organizations": organization.pk,
            "question": a_question(round_).pk,
            **papers_of(venture),
            **records_of(organization),
            "memberships": organization.memberships.get().pk,
            "invitations": an_invitation(organization).pk,
            "people": a_user().pk,
            "requests": a_request().pk,
            "tranches": NOT_THERE,
            "reports": NOT_THERE,
        }
    )


def a_request():
    """Of an administrator, for a second person."""
    return AccountRequest.objects.create(deed="role", role=Role.FINANCE, person=a_user(Role.CLERK), by_name="管理员")


def a_question(round_):
    section = FormSection.objects.create(round=round_, slug="basic", ordinal=1)
    return Question.objects.create(section=section, ordinal=1, kind="text", label="补充问题")


def papers_of(venture):
    """A paper with a file, and a version that was handed in."""
    rule = AttachmentRule.objects.create(round=venture.round, ordinal=1, label="登记证书")
    file = StoredFile.objects.create(name="证书.pdf", kind="pdf", size=1, sha256="1" * 64, path="y", by_name="申报人")
    attachment = Attachment.objects.create(venture=venture, rule=rule, file=file)
    freeze_submission(venture, by=SYSTEM, at=STARTS)
    return {"attachments": attachment.pk, "rule": rule.pk, "file": file.pk}


def records_of(organization):
    """One record of each kind, a stay on a platform, an import."""
    day = date(2020, 1, 1)
    rows = {
        "inspections": AnnualInspection(year=2019, conclusion="passed"),
        "ratings": Rating(grade=3, awarded_on=day, valid_until=day),
        "listings": CreditListing(kind="abnormal", ground="未报年报", listed_on=day),
        "bans": Ban(reason="终止", from_on=day, until_on=day),
        "marks": PartyMark(kind="rating", done_on=day),
        "incubations": Incubation(platform=a_platform(), entered_on=day),
    }
    for row in rows.values():
        row.organization = organization
        row.save()
    file = StoredFile.objects.create(name="名册.xlsx", kind="xlsx", size=1, sha256="0" * 64, path="x", by_name="初审员")
    import_ = RegisterImport.objects.create(file=file, by_id=0, by_name="初审员", state="refused")
    return {noun: row.pk for noun, row in rows.items()} | {"imports": import_.pk}


def urls(route, ids):
    """The route with ids filled in: of the world, and of nothing."""
    filled = route.replace("<slug:step>", "budget").replace("<str:receipt>", "no-such-receipt")
    filled = filled.replace("<slug:card>", "rubric").replace("<int:question>", str(ids["question"]))
    filled = filled.replace("<int:rule>", str(ids["rule"])).replace("<uuid:file>", str(ids["file"]))
    filled = filled.replace("<int:ordinal>", "1").replace("<slug:table>", "budget")
    filled = filled.replace("<str:code>", "ABCD-EFGH-2345-WXYZ").replace("<str:uid>/<str:token>", "MQ/no-such-token")
    filled = filled.replace("<int:year>", "2027")
    noun = re.search(r"(\w+)/<int:pk>", filled)
    if not noun:
        return [filled]
    return [filled.replace("<int:pk>", str(pk)) for pk in (ids[noun.group(1)], NOT_THERE)]


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_no_role_opens_a_door_that_is_not_its_own(doors, world, role):
    check_every_door(doors, world, role, drawn_ways)


@pytest.mark.slow
@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_role_opens_a_door_that_is_not_its_own_by_any_way(doors, world, role):
    check_every_door(doors, world, role, all_ways)


def all_ways(url_list, what, opens):
    """To ask for something and for nothing, by GET and by POST."""
    return [(url, method) for url in url_list for method in ("get", "post")]


def drawn_ways(url_list, what, opens):
    """Of these, for every day: one, after what opens was looked at. (Who is sent away is so by one wrapper of all views.)"""
    first, *others = all_ways(url_list, what, opens)
    return [first, one_of(others, what)] if opens else [one_of([first, *others], what)]


def check_every_door(doors, world, role, ways):
    client = Client(raise_request_exception=False)
    user = None
    if role:
        user = a_user(role)
        client.force_login(user)
    wrong = []
    for route, pattern in doors:
        policy = pattern.callback.policy
        if pattern.name in {"logout", "set_language"}:
            continue
        opens = policy == PUBLIC or (user is not None and user.has_perm(policy))
        for url, method in ways(urls(route, world.ids), f"{role} {route}", opens):
            answer = getattr(client, method)(url)
            told = f"{method.upper()} {url} as {role}: {answer.status_code}"
            if answer.status_code >= 500 and pattern.name != "healthz":  # which says that no worker runs here
                wrong.append(told)
            elif policy == PUBLIC:
                if answer.status_code in {401, 403}:
                    wrong.append(told)
            elif user is None:
                if answer.status_code != 302 or "/login/" not in answer["Location"]:
                    wrong.append(told)
            elif not opens and answer.status_code != 403:
                wrong.append(told)
    assert not wrong, "\n".join(wrong)


def test_an_applicant_finds_nothing_of_another_organization(doors, world):
    client = Client()
    client.force_login(an_applicant()[0])
    for route, pattern in doors:
        nouns = ("ventures/", "organizations/<", "memberships/", "invitations/")
        if route.startswith(tuple(f"/apply/{noun}" for noun in nouns)):
            url = urls(route, world.ids)[0]
            for method in ("get", "post"):
                # An autosave says first which user its page was made for; without, it is refused before anything is looked up.
                status = getattr(client, method)(url, {"user": client.session["_auth_user_id"]}).status_code
                assert status in {404, 405}, f"{method} {url} ({pattern.name}): {status}"


def test_an_operator_finds_nothing_of_another_platform(doors, world):
    client = Client()
    operator = a_user(Role.OPERATOR)
    a_platform(name="另一个平台").operators.add(operator)
    client.force_login(operator)
    for route, pattern in doors:
        if route.startswith("/desk/ventures/<"):
            status = client.get(urls(route, world.ids)[0]).status_code
            assert status in {403, 404, 405}, f"{route} ({pattern.name}): {status}"


OWN = "accounts.signed_in"  # one's own messages, password, second factor: the supervisor is a person too


def test_the_supervisor_changes_nothing(doors, world):
    client = Client(raise_request_exception=False)
    client.force_login(a_user(Role.SUPERVISOR))
    wrong, tried = [], 0
    for route, pattern in doors:
        if pattern.callback.policy in {PUBLIC, OWN}:
            continue
        for url in urls(route, world.ids)[:1]:
            tried += 1
            if (status := client.post(url).status_code) not in {403, 404, 405}:
                wrong.append(f"POST {url} ({pattern.name}): {status}")
    assert tried > 100
    assert not wrong, "\n".join(wrong)
