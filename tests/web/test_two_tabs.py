"""Two have the same page open: what the first has saved, the second does not drop without knowing it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role
from organizations.models import AnnualInspection
from reviews.actions import set_panel
from reviews.models import PanelMember
from rounds.states import RoundState
from tests.factories import a_round, a_user
from tests.web.desk_world import planted, to_screen
from tests.web.forms_of_pages import read, signed_in
from ventures.models import CheckAnswer
from ventures.states import State

pytestmark = pytest.mark.django_db


def seated(round_: Any) -> set[str]:
    return set(PanelMember.objects.filter(panel__round=round_).values_list("expert__name", flat=True))


def keys(*experts: Any) -> list[str]:
    return [str(e.pk) for e in experts]


def send(sent: Any) -> Any:
    user, url, data = sent
    return signed_in(user).post(url, data)


def test_the_panel_drops_nobody_whom_another_clerk_has_seated_meanwhile(desk: SimpleNamespace) -> None:
    round_ = a_round(RoundState.CALL_CLOSED)
    jia, yi, bing, ding = (a_user(Role.EXPERT, name=name) for name in "甲乙丙丁")
    set_panel(round_, by=desk.clerk, experts=[jia])
    page = reverse("desk_panel", args=[round_.pk])
    first = read(desk.other_clerk, page, experts=keys(jia, yi, bing), due_at="")
    second = read(desk.clerk, page, experts=keys(jia, ding), due_at="")
    assert send(first).status_code == 302 and seated(round_) == {"甲", "乙", "丙"}
    answer = send(second)
    told = answer.content.decode()
    assert answer.status_code == 409 and seated(round_) == {"甲", "乙", "丙"}
    assert "甲、乙、丙" in told and str(desk.other_clerk) in told, "who has changed it, and what stands there now"
    boxes = answer.context["form"]["experts"].value()
    assert boxes == keys(jia, ding), "what was ticked here stays"
    # Having seen it, the clerk saves over it.
    again = {**second[2], **{k: v for k, v in shown_in(answer).items() if k.startswith("base_digest-")}}
    assert send((second[0], second[1], again)).status_code == 302 and seated(round_) == {"甲", "丁"}


def shown_in(answer: Any) -> dict[str, str]:
    form = answer.context["form"]
    return {f"base_digest-{name}": form.base_digest_of(name) for name in form.compared}


def test_what_was_not_touched_here_stays_as_another_one_has_left_it(desk: SimpleNamespace) -> None:
    round_ = a_round(RoundState.CALL_CLOSED)
    jia, yi = (a_user(Role.EXPERT, name=name) for name in "甲乙")
    set_panel(round_, by=desk.clerk, experts=[jia])
    page = reverse("desk_panel", args=[round_.pk])
    second = read(desk.clerk, page, due_at="2030-05-01T10:00", experts=keys(jia))
    assert send(read(desk.other_clerk, page, experts=keys(jia, yi), due_at="")).status_code == 302
    assert send(second).status_code == 302 and seated(round_) == {"甲", "乙"}
    round_.panel.refresh_from_db()
    assert round_.panel.due_at is not None


def test_the_checklist_keeps_what_another_clerk_has_answered(desk: SimpleNamespace) -> None:
    venture = to_screen(desk)
    [line, other, *__] = venture.round.check_items.all()
    page, to = reverse("desk_screening_venture", args=[venture.pk]), reverse("desk_venture_accept", args=[venture.pk])
    save = reverse("desk_venture_answer", args=[venture.pk])

    def opened(user: Any, **given: str) -> Any:
        sender, __, data = read(user, page, to)
        blank = {k: "" for k in data if k.startswith("met_")}  # nothing is ticked yet
        return sender, save, {**data, **blank, **given}

    second = opened(desk.clerk, **{f"met_{other.pk}": "yes", f"evidence_{line.pk}": "我看到的证书"})
    first = opened(desk.other_clerk, **{f"met_{line.pk}": "yes", f"evidence_{line.pk}": "登记证书"})
    assert send(first).status_code == 302
    answer = send(second)
    assert (
        answer.status_code == 409
        and "登记证书" in answer.content.decode()
        and "我看到的证书" in answer.content.decode()
    )
    assert CheckAnswer.objects.get(venture=venture, item=line).evidence == "登记证书"
    del second[2][f"evidence_{line.pk}"]
    second[2][f"evidence_{line.pk}"] = ""  # as it was when the page was made
    assert send(second).status_code == 302
    kept = {a.item_id: (a.by_name, a.evidence) for a in CheckAnswer.objects.filter(venture=venture)}
    assert kept[line.pk] == (str(desk.other_clerk), "登记证书") and kept[other.pk][0] == str(desk.clerk)


def test_a_record_and_ones_own_details_tell_what_stands_there_now(desk: SimpleNamespace) -> None:
    record = AnnualInspection.objects.create(organization=desk.organization, year=2019, conclusion="passed")
    page = reverse(f"desk_{record.slug}", args=[record.pk])
    first, second = read(desk.clerk, page, document="年检〔1〕号"), read(desk.other_clerk, page, document="年检〔2〕号")
    assert send(first).status_code == 302
    answer = send(second)
    assert (
        answer.status_code == 409
        and "年检〔1〕号" in answer.content.decode()
        and "年检〔2〕号" in answer.content.decode()
    )
    record.refresh_from_db()
    assert record.document == "年检〔1〕号"
    mine = reverse("account")
    first, second = read(desk.clerk, mine, name="张三"), read(desk.clerk, mine, name="张三丰")
    assert send(first).status_code == 302 and send(second).status_code == 409
    assert send(read(desk.clerk, mine, name="张三丰")).status_code == 302


def test_what_was_refused_may_be_sent_again_as_it_is(desk: SimpleNamespace) -> None:
    """The world has changed meanwhile, the page has not: an expert sits on the panel again."""
    round_ = a_round(RoundState.CALL_CLOSED)
    page = reverse("desk_recuse", args=[round_.pk])
    expert, venture = a_user(Role.EXPERT), planted(desk, State.IN_REVIEW, round=round_)
    set_panel(round_, by=desk.clerk, experts=[expert])
    sent = read(desk.clerk, page, venture=str(venture.pk), expert=str(expert.pk), note="同学")
    expert.seats.all().delete()
    assert send(sent).status_code == 422
    set_panel(round_, by=desk.clerk, experts=[expert])
    assert send(sent).status_code == 302 and expert.recusals.count() == 1
