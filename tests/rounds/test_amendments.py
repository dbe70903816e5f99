"""Changes of a round after its call has opened: published, told, kept."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Notification
from common.errors import Conflict, Invalid, Stale
from common.models import JournalEntry, OutboxMessage
from common.work import outbox
from rounds import actions as setup
from rounds.actions import amending
from rounds.models import Amendment
from rounds.states import RoundState
from tests.factories import OFFICE, a_place, a_round, a_venture, an_applicant, moment
from tests.rounds.setting_up import MARCH
from ventures.states import State

pytestmark = pytest.mark.usefixtures("in_march", "in_english")


def test_an_amendment_is_published_journalled_and_told(people: SimpleNamespace) -> None:
    a_venture(State.SUBMITTED, round=people.round, organization=people.organization)
    other, organization = an_applicant()
    a_venture(State.DRAFT, round=people.round, organization=organization)
    outsider, __ = an_applicant()
    later = people.round.closes_at + timedelta(days=7)
    before = people.round.closes_at
    given = setup.amend(
        people.round,
        by=people.manager,
        text="暴雨停课,延长一周。",
        changes={"closes_at": later, "contact": OFFICE["contact"]},
    )
    people.round.refresh_from_db()
    assert people.round.closes_at == later
    assert (given.ordinal, given.by_name) == (1, str(people.manager))
    assert [c["label"] for c in given.changes] == ["征集截止"]
    assert given.changes[0]["before"].startswith(f"{before.astimezone():%Y}")
    assert JournalEntry.objects.of(people.round).get(verb="amend_round").note == "暴雨停课,延长一周。"
    outbox.drain()
    sent = OutboxMessage.objects.filter(kind="notify")
    assert {m.payload["user"] for m in sent} == {people.applicant.pk, other.pk}
    assert outsider.pk not in {m.payload["user"] for m in sent}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"closes_at": MARCH + timedelta(days=1)}, "closes_at", "can only be put later"),
        ({"budget": Decimal(499999)}, "budget", "can only be raised"),
        ({"quota": 9}, "quota", "can only be raised; it is 10 now"),
        ({"notice_days": 4}, "notice_days", "can only be raised"),
        ({"correction_days": 4}, "correction_days", "can only be raised"),
        ({"supervision_phone": ""}, "supervision_phone", "not left out"),
        ({"contact": "张三 138-0013-8000"}, "contact", "138-0013-8000 is a mobile number"),
    ],
)
def test_an_amendment_never_takes_away(people: SimpleNamespace, changes: Any, field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        setup.amend(people.round, by=people.manager, text="理由", changes=changes)
    assert sentence in refused.value.fields[field][0]
    assert not Amendment.objects.exists()


def test_a_deadline_is_not_put_into_a_year_without_a_calendar(people: SimpleNamespace) -> None:
    with pytest.raises(Invalid, match="calendar of 2098 is not entered"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"closes_at": moment("2099-01-01 00:00")})


def test_a_town_that_was_offered_stays(people: SimpleNamespace) -> None:
    town, other = a_place(), a_place(code="330482102", name="新埭镇")
    with pytest.raises(Invalid, match="Every town is open already"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"places": [town]})
    people.round.places.add(town)
    with pytest.raises(Invalid, match="A town that was offered stays: 林埭镇"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"places": [other]})
    made = setup.amend(people.round, by=people.manager, text="理由", changes={"places": [town, other]})
    assert made.changes[0]["after"] == "新埭镇、林埭镇" or made.changes[0]["after"] == "林埭镇、新埭镇"


def test_what_is_amended_depends_on_where_the_round_is(people: SimpleNamespace) -> None:
    in_delivery = a_round(RoundState.IN_DELIVERY)
    with pytest.raises(Conflict, match="can not be amended while the round is"):
        setup.amend(in_delivery, by=people.manager, text="理由", changes={"budget": Decimal(900000)})
    assert setup.amend(in_delivery, by=people.manager, text="换电话。", changes={"contact": "85000001"}).ordinal == 1
    for state in (RoundState.PREPARING, RoundState.CLOSED):
        with pytest.raises(Conflict, match="nothing to amend"):
            setup.amend(a_round(state), by=people.manager, text="理由", changes={"contact": "1"})
    with pytest.raises(Conflict):
        setup.amend(people.round, by=people.manager, text="理由", changes={"cap": Decimal(99999)})


def test_an_amendment_needs_a_reason_and_a_change(people: SimpleNamespace) -> None:
    with pytest.raises(Invalid, match="Say what changes and why"):
        setup.amend(people.round, by=people.manager, text="  ", changes={"quota": 11})
    with pytest.raises(Invalid, match="Nothing is different"):
        setup.amend(people.round, by=people.manager, text="理由", changes={"quota": 10})


def test_the_second_of_two_who_amend_is_told(people: SimpleNamespace) -> None:
    base_digest = amending.amendable_digest(people.round)
    setup.amend(people.round, by=people.manager, text="增加名额。", changes={"quota": 11}, base_digest=base_digest)
    with pytest.raises(Stale, match="has amended the round meanwhile"):
        setup.amend(people.round, by=people.manager, text="再增。", changes={"quota": 12}, base_digest=base_digest)


def test_a_published_amendment_stays_as_it_is(people: SimpleNamespace) -> None:
    made = setup.amend(people.round, by=people.manager, text="增加名额。", changes={"quota": 11})
    for spoil in (lambda: Amendment.objects.filter(pk=made.pk).update(text="改了"), lambda: made.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            spoil()


def test_applicants_find_the_amendment_in_their_messages(people: SimpleNamespace) -> None:
    a_venture(State.DRAFT, round=people.round, organization=people.organization)
    setup.amend(people.round, by=people.manager, text="增加名额。", changes={"quota": 11})
    outbox.drain()
    message = Notification.objects.get(user=people.applicant)
    assert "增加名额" in message.text and message.url == f"/rounds/{people.round.pk}/#amendments"
