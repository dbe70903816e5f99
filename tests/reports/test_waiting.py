"""How many summaries may wait to be made."""

from dataclasses import replace

import pytest
from django.utils import translation

from accounts.models import Role
from common.errors import TooMany
from reports import actions, limits
from tests.factories import a_round, a_user


@pytest.mark.django_db
def test_a_person_waits_for_so_many_summaries_and_everybody_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "WAITING_OF_PERSON", replace(limits.WAITING_OF_PERSON, most=1))
    monkeypatch.setattr(actions, "WAITING", replace(limits.WAITING, most=2))
    round_, clerk = a_round(), a_user(Role.CLERK)
    with translation.override("en"):
        actions.order_workbook(round_, by=clerk)
        with pytest.raises(TooMany, match="1 summaries that you have ordered"):
            actions.order_workbook(round_, by=clerk)
        actions.order_workbook(round_, by=a_user(Role.MANAGER))
        with pytest.raises(TooMany, match="2 summaries are waiting"):
            actions.order_workbook(round_, by=a_user(Role.FINANCE))
