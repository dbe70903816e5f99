"""A small office lets who enters an application decide on it, for one round and with its reason on record."""

import pytest
from django.urls import reverse

from common.machine.door import move
from common.models import JournalEntry
from rounds import actions as setup
from rounds.models import Round
from rounds.states import RoundState
from tests.factories import a_round
from tests.rounds.test_desk_amendments import amendment
from tests.web.desk_world import body, signed_in, to_screen
from ventures.states import State

pytestmark = pytest.mark.usefixtures("in_march")
REASON = "本科室仅一名工作人员"


def test_the_reason_is_given_on_the_card_of_the_checklist_journalled_and_shown(desk):
    row, clerk = a_round(RoundState.PREPARING, platform=desk.platform), signed_in(desk.clerk)
    url = reverse("desk_round_card", args=[row.pk, "checklist"])
    assert "代录人员" in body(clerk.get(url))
    setup.save_card(row, "checklist", by=desk.clerk, facts={"entering_waiver": REASON})
    assert REASON in body(clerk.get(url))
    assert JournalEntry.objects.of(row).get(verb="set_up").facts["entering_waiver"] == REASON
    assert REASON in body(clerk.get(reverse("desk_round", args=[row.pk])))


def test_after_the_call_has_opened_it_is_amended_in_public_by_the_manager(desk):
    venture = to_screen(desk, entered_by=desk.clerk)
    url = reverse("desk_round_amend", args=[desk.round.pk])
    given = {**amendment(desk.round), "entering_waiver": REASON, "publish": "1"}
    assert signed_in(desk.clerk).post(url, given).status_code == 403
    assert signed_in(desk.manager).post(url, given).status_code == 302
    assert REASON in str(desk.round.amendments.get().changes)
    venture.round.refresh_from_db()
    assert move(venture, "accept", by=desk.clerk).state == State.ELIGIBLE


def test_a_copy_does_not_take_the_waiver_along(desk):
    Round.objects.filter(pk=desk.round.pk).update(entering_waiver=REASON)
    desk.round.refresh_from_db()
    assert setup.copy_round(desk.round, by=desk.clerk).entering_waiver == ""
