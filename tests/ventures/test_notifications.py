"""Who is told of what in the screening, in the site and by mail."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Notification, Role, User
from common.errors import Conflict, Invalid, NotAllowed
from common.models import OutboxMessage
from common.work import outbox
from organizations.models import Membership
from tests.factories import a_user, a_venture, an_applicant, answer_all_checks
from ventures import actions
from ventures.models import Remark, Submission, Venture
from ventures.notifications import tell_the_applicant
from ventures.states import State

pytestmark = pytest.mark.engines


@pytest.fixture
def world(people: SimpleNamespace) -> SimpleNamespace:
    """A submitted venture; the applicant, a colleague of hers and the clerk have an address."""
    people.colleague = a_user(email="colleague@example.org")
    Membership.objects.create(user=people.colleague, organization=people.organization, part="reader")
    for user, name in ((people.applicant, "applicant"), (people.clerk, "clerk")):
        User.objects.filter(pk=user.pk).update(email=f"{name}@example.org")
    people.venture = a_venture(round=people.round, organization=people.organization)
    return people


def sent() -> list[tuple[str, str]]:
    """Address and text of the mails since the last call."""
    outbox.drain()
    found = sorted((m.to[0].split("@")[0], str(m.body)) for m in mail.outbox)
    mail.outbox.clear()
    return found


def after_some_minutes() -> None:
    OutboxMessage.objects.filter(sent_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


def notes_after_all(user: User) -> list[str]:
    outbox.drain()
    return notes(user)


def notes(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_who_hands_in_gets_the_receipt_with_number_and_hash(world: SimpleNamespace) -> None:
    actions.submit(world.venture, by=world.applicant)
    submission = Submission.objects.get()
    mails = sent()
    assert [to for to, __ in mails] == ["applicant", "colleague"]
    for text in (mails[0][1], notes(world.applicant)[0]):
        assert submission.receipt in text and submission.hash in text and world.venture.number in text


def test_a_return_names_the_fields_and_the_day_and_the_clerk_learns_of_the_correction(world: SimpleNamespace) -> None:
    actions.submit(world.venture, by=world.applicant)
    sent()
    correction = actions.return_for_correction(world.venture, by=world.clerk, fields={"plan": "请补充 7 月场次。"})
    mails = sent()
    assert [to for to, __ in mails] == ["applicant", "colleague"]
    assert str(correction.due_on) in mails[0][1] and "请补充 7 月场次。" in mails[0][1]
    actions.save_draft(world.venture, by=world.applicant, values={"plan": "7 月两场。"})
    actions.resubmit(world.venture, by=world.applicant)
    assert [to for to, __ in sent()] == ["applicant", "clerk", "colleague"]
    assert Notification.objects.get(user=world.clerk).url == f"/desk/screening/{world.venture.pk}/"


def test_acceptance_and_refusal_are_told_with_their_words(world: SimpleNamespace) -> None:
    accepted, refused = (a_venture(State.SUBMITTED, organization=world.organization) for __ in range(2))
    answer_all_checks(accepted)
    actions.accept(accepted, by=world.clerk)
    actions.refuse(refused, by=world.clerk, reason="服务地点不在本市。", code="out_of_scope")
    texts = [text for to, text in sent() if to == "applicant"]
    assert len(texts) == 2 and any(accepted.title in t for t in texts)
    assert any(refused.title in t and "服务地点不在本市。" in t for t in texts)


def test_a_message_says_of_which_venture_what_has_happened_and_what_comes_next(world: SimpleNamespace) -> None:
    venture = a_venture(State.SUBMITTED, organization=world.organization)
    answer_all_checks(venture)
    actions.accept(venture, by=world.clerk)
    told = dict(sent())["applicant"].split("\n")
    assert told == [f"{venture.number}《{venture.title}》：审查通过。", "下一步：形式审查已通过，等待评审开始。"]


def test_a_message_that_goes_out_late_tells_what_came_after_its_own_move(world: SimpleNamespace) -> None:
    """Where the venture stands by now would tell of a selection that nobody may know yet."""
    actions.submit(world.venture, by=world.applicant)
    actions.withdraw(world.venture, by=world.applicant)
    first = notes_after_all(world.applicant)[0]
    assert "提交申报书" in first and "等待工作人员形式审查" in first


def test_a_move_that_is_told_twice_is_one_message_and_one_mail(world: SimpleNamespace) -> None:
    actions.submit(world.venture, by=world.applicant)
    message = OutboxMessage.objects.get(kind="moved")
    for __ in range(2):
        tell_the_applicant(message.key, message.payload)
    assert len(sent()) == 2 and len(notes(world.applicant)) == 1


def test_telling_takes_the_same_number_of_queries_for_one_member_and_for_three(world: SimpleNamespace) -> None:
    def measure(venture: Venture) -> int:
        answer_all_checks(venture)
        actions.accept(venture, by=world.clerk)
        message = OutboxMessage.objects.filter(kind="moved").latest("pk")
        with CaptureQueriesContext(connection) as queries:
            tell_the_applicant(message.key, message.payload)
        return len(queries)

    one, organization = an_applicant(email="one@example.org")
    assert measure(a_venture(State.SUBMITTED, organization=organization)) == 7
    Membership.objects.create(user=a_user(email="three@example.org"), organization=world.organization)
    assert measure(a_venture(State.SUBMITTED, organization=world.organization)) == 7


# --- The thread -------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(world: SimpleNamespace) -> SimpleNamespace:
    actions.submit(world.venture, by=world.applicant)
    sent()
    return world


def test_each_side_reads_the_other_and_several_lines_are_one_mail(waiting: SimpleNamespace) -> None:
    for text in ("年检报告在哪里?", "请看附件三。"):
        actions.remark(waiting.venture, by=waiting.clerk, text=text, path="plan")
    assert sent() == [] and len(notes(waiting.applicant)) == 3, "in the site at once, beside the receipt"
    after_some_minutes()
    mails = sent()
    assert [to for to, __ in mails] == ["applicant", "colleague"]
    assert "年检报告在哪里?" in mails[0][1] and "请看附件三。" in mails[0][1]
    actions.remark(waiting.venture, by=waiting.applicant, text="已上传。")
    after_some_minutes()
    mails = sent()
    assert [to for to, __ in mails] == ["clerk"] and "已上传。" in mails[0][1] and "附件三" not in mails[0][1]
    actions.remark(waiting.venture, by=waiting.clerk, text="收到。")
    after_some_minutes()
    assert [text.count("收到。") for __, text in sent()] == [1, 1]


def test_before_anybody_of_the_desk_has_written_all_who_screen_are_told(waiting: SimpleNamespace) -> None:
    actions.remark(waiting.venture, by=waiting.applicant, text="能否延期?")
    outbox.drain()
    told = set(Notification.objects.filter(text__contains="能否延期").values_list("user__role", flat=True))
    assert told == {Role.CLERK, Role.MANAGER}


def test_a_message_is_for_both_sides_and_the_time_of_the_screening(waiting: SimpleNamespace) -> None:
    stranger, __ = an_applicant()
    for user in (stranger, waiting.colleague, waiting.supervisor, waiting.finance):
        with pytest.raises(NotAllowed):
            actions.remark(waiting.venture, by=user, text="你好")
    with pytest.raises(Invalid, match="Write what you want to say"):
        actions.remark(waiting.venture, by=waiting.clerk, text="\u200b ")
    with pytest.raises(Invalid, match="1001 characters are too many"):
        actions.remark(waiting.venture, by=waiting.clerk, text="长" * 1001)
    with pytest.raises(Conflict, match="messages are for the time of the screening"):
        actions.remark(a_venture(State.ELIGIBLE), by=waiting.clerk, text="你好")
    assert not Remark.objects.exists()
