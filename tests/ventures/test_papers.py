"""Files of an application: attached, taken off, shown to whom; the stamped form and the version that it belongs to."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from common.errors import Conflict, NotAllowed
from common.files import SCANS, store
from rounds.models import AttachmentRule, FormSection
from tests.corpus.parts import pdf
from tests.factories import a_round, a_user, a_venture, an_applicant
from ventures import actions
from ventures.application.completeness import missing
from ventures.application.content import ApplicationContent
from ventures.models import Venture
from ventures.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

PDF = pdf()


def a_pdf(name: str = "登记证书.pdf", more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + more, content_type="application/pdf")


@pytest.fixture
def world() -> SimpleNamespace:
    user, organization = an_applicant()
    round_ = a_round(stamp_required=True)
    for n, slug in enumerate(("basic", "narrative", "budget", "files"), 1):
        FormSection.objects.create(round=round_, slug=slug, ordinal=n)
    rule = AttachmentRule.objects.create(round=round_, ordinal=1, label="登记证书", required=True, max_files=2)
    venture = a_venture(round=round_, organization=organization)
    return SimpleNamespace(user=user, organization=organization, round=round_, rule=rule, venture=venture)


def attach(client: Any, world: SimpleNamespace, file: SimpleUploadedFile, **more: Any) -> Any:
    url = reverse("apply_attach", args=[world.venture.pk, world.rule.pk])
    return client.post(url, {"file": file}, headers={"X-Upload": "1"}, **more)


def stamp(client: Any, venture: Venture, printed: str, file: SimpleUploadedFile | None = None) -> Any:
    data = {"file": file or a_pdf("盖章.pdf"), "hash": printed}
    return client.post(reverse("apply_stamp", args=[venture.pk]), data, headers={"X-Upload": "1"})


def present_hash(venture: Venture) -> str:
    return ApplicationContent(Venture.objects.get(pk=venture.pk)).hash


def test_a_file_is_attached_shown_given_out_and_taken_off(client: Any, world: SimpleNamespace) -> None:
    client.force_login(world.user)
    answer = attach(client, world, a_pdf())
    assert answer.status_code == 200
    assert "登记证书.pdf" in answer.content.decode()
    attachment = world.venture.attachments.get()
    given = client.get(reverse("apply_file", args=[world.venture.pk, attachment.file_id]))
    assert b"".join(given.streaming_content) == PDF
    assert given.headers["Content-Disposition"].startswith("attachment")
    client.post(reverse("apply_detach", args=[attachment.pk]))
    assert not world.venture.attachments.exists()
    assert client.get(reverse("apply_file", args=[world.venture.pk, attachment.file_id])).status_code == 404


def test_more_files_than_the_paper_takes_and_the_same_file_twice_are_refused(
    client: Any, world: SimpleNamespace
) -> None:
    client.force_login(world.user)
    attach(client, world, a_pdf("一.pdf"))
    again = attach(client, world, a_pdf("一.pdf"))
    assert again.status_code == 422
    attach(client, world, a_pdf("二.pdf", b"2"))
    third = attach(client, world, a_pdf("三.pdf", b"3"))
    assert third.status_code == 422
    assert "2" in third.content.decode()
    assert world.venture.attachments.count() == 2


def test_a_stranger_and_an_expert_get_404_on_files_and_the_desk_sees_them(client: Any, world: SimpleNamespace) -> None:
    client.force_login(world.user)
    attach(client, world, a_pdf())
    actions.declare(world.venture, by=world.user, declared=True)
    stamp(client, world.venture, present_hash(world.venture))
    actions.submit(world.venture, by=world.user)
    file = world.venture.attachments.get().file_id
    desk = reverse("desk_file", args=[world.venture.pk, file])
    own = reverse("apply_file", args=[world.venture.pk, file])
    stranger, __ = an_applicant()
    for person, url, status in (
        (stranger, own, 404),
        (a_user(Role.EXPERT), own, 403),
        (a_user(Role.EXPERT), desk, 403),
        (a_user(Role.OPERATOR), desk, 404),
        (a_user(Role.CLERK), desk, 200),
        (a_user(Role.SUPERVISOR), desk, 200),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status, (person.role, url)


def test_a_required_paper_and_the_stamp_are_missing_until_they_are_there(client: Any, world: SimpleNamespace) -> None:
    assert {f"paper{world.rule.pk}", "stamp"} <= missing(ApplicationContent(world.venture)).keys()
    client.force_login(world.user)
    attach(client, world, a_pdf())
    assert stamp(client, world.venture, present_hash(world.venture)).status_code == 200
    assert not missing(ApplicationContent(Venture.objects.get(pk=world.venture.pk)))


def test_a_change_after_stamping_makes_the_scan_invalid_and_undoing_it_valid_again(
    client: Any, world: SimpleNamespace
) -> None:
    client.force_login(world.user)
    stamp(client, world.venture, present_hash(world.venture))
    assert ApplicationContent(Venture.objects.get(pk=world.venture.pk)).stamp is not None
    before = world.venture.application.summary
    actions.save_draft(world.venture, by=world.user, values={"summary": "改了一个字"})
    assert ApplicationContent(Venture.objects.get(pk=world.venture.pk)).stamp is None
    actions.save_draft(world.venture, by=world.user, values={"summary": before})
    assert ApplicationContent(Venture.objects.get(pk=world.venture.pk)).stamp is not None


def test_a_scan_of_an_older_print_is_refused_with_both_check_codes(client: Any, world: SimpleNamespace) -> None:
    client.force_login(world.user)
    printed = present_hash(world.venture)
    actions.save_draft(world.venture, by=world.user, values={"summary": "打印之后改了"})
    answer = stamp(client, world.venture, printed)
    assert answer.status_code == 422
    assert printed[:16] in answer.content.decode()
    assert present_hash(world.venture)[:16] in answer.content.decode()
    assert not world.venture.stamped_scans.exists()


def test_files_of_a_submitted_application_stay_as_they_are(client: Any, world: SimpleNamespace) -> None:
    client.force_login(world.user)
    attach(client, world, a_pdf())
    actions.declare(world.venture, by=world.user, declared=True)
    stamp(client, world.venture, present_hash(world.venture))
    actions.submit(world.venture, by=world.user)
    attachment = world.venture.attachments.get()
    assert attach(client, world, a_pdf("后来.pdf", b"later")).status_code == 409
    assert client.post(reverse("apply_detach", args=[attachment.pk])).status_code == 409
    assert stamp(client, world.venture, present_hash(world.venture)).status_code == 409
    assert world.venture.attachments.count() == 1


def test_nobody_else_declares_or_stamps_and_nobody_does_it_later(client: Any, world: SimpleNamespace) -> None:
    stranger, __ = an_applicant()
    file = store(a_pdf(), by=world.user, allowed=SCANS)
    given = {"file": file, "printed_hash": present_hash(world.venture)}
    with pytest.raises(NotAllowed):
        actions.declare(world.venture, by=stranger, declared=True)
    with pytest.raises(NotAllowed):
        actions.bind_stamp(world.venture, by=stranger, **given)
    client.force_login(world.user)
    attach(client, world, a_pdf())
    actions.declare(world.venture, by=world.user, declared=True)
    actions.bind_stamp(world.venture, by=world.user, **given | {"printed_hash": present_hash(world.venture)})
    actions.submit(world.venture, by=world.user)
    with pytest.raises(Conflict, match="can not be edited"):
        actions.declare(world.venture, by=world.user, declared=False)
    with pytest.raises(Conflict, match="can not be edited"):
        actions.bind_stamp(world.venture, by=world.user, **given)


def test_a_returned_application_opens_the_pinned_paper_only(client: Any, world: SimpleNamespace) -> None:
    other = AttachmentRule.objects.create(round=world.round, ordinal=2, label="年检报告", max_files=2)
    client.force_login(world.user)
    attach(client, world, a_pdf())
    actions.declare(world.venture, by=world.user, declared=True)
    stamp(client, world.venture, present_hash(world.venture))
    actions.submit(world.venture, by=world.user)
    actions.return_for_correction(world.venture, by=a_user(Role.CLERK), fields={f"paper{other.pk}": "缺年检报告"})
    assert world.venture.state == State.RETURNED
    assert attach(client, world, a_pdf("又一份.pdf", b"x")).status_code == 409
    url = reverse("apply_attach", args=[world.venture.pk, other.pk])
    assert client.post(url, {"file": a_pdf("年检.pdf", b"y")}, headers={"X-Upload": "1"}).status_code == 200


def test_the_file_of_an_earlier_version_can_still_be_had(client: Any, world: SimpleNamespace) -> None:
    client.force_login(world.user)
    attach(client, world, a_pdf())
    actions.declare(world.venture, by=world.user, declared=True)
    stamp(client, world.venture, present_hash(world.venture))
    actions.submit(world.venture, by=world.user)
    file = world.venture.attachments.get().file_id
    actions.withdraw(world.venture, by=world.user)
    client.post(reverse("apply_detach", args=[world.venture.attachments.get().pk]))
    assert client.get(reverse("apply_file", args=[world.venture.pk, file])).status_code == 200
    page = client.get(reverse("apply_receipt", args=[world.venture.pk, 1]))
    assert "登记证书.pdf" in page.content.decode()


def test_the_pdf_is_of_what_was_handed_in_and_carries_its_hash(client: Any, world: SimpleNamespace) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    venture = a_venture(round=a_round(), organization=world.organization)
    client.force_login(world.user)
    actions.submit(venture, by=world.user)
    answer = client.get(reverse("apply_submission_pdf", args=[venture.pk, 1]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    submission = venture.submissions.get()
    assert submission.hash[:16] in text
    assert venture.title in text.replace("\n", "")
    assert submission.receipt in text


def test_a_returned_application_opens_the_pinned_field_only(world: SimpleNamespace) -> None:
    from ventures.application.actions.drafts import Locked

    venture = a_venture(round=a_round(), organization=world.organization)
    actions.submit(venture, by=world.user)
    actions.return_for_correction(venture, by=a_user(Role.CLERK), fields={"summary": "太短"})
    actions.save_draft(venture, by=world.user, values={"summary": "写长一些", "title": venture.title})
    with pytest.raises(Locked, match="Summary|项目简介"):
        actions.save_draft(venture, by=world.user, values={"title": "顺手改名"})
    assert Venture.objects.get(pk=venture.pk).title == venture.title


def test_what_no_type_prints_is_told_at_its_field_and_a_rare_name_is_not_held_up(
    client: Any, world: SimpleNamespace
) -> None:
    signs = "党建引领😀，关爱老人👍"
    actions.save_draft(world.venture, by=world.user, values={"summary": signs, "leader": "𰻝老师"})
    row = Venture.objects.get(pk=world.venture.pk)
    with override("zh-hans"):
        found = missing(ApplicationContent(row))
    assert found["summary"] == ["“项目简介”中的 👍 😀 打印不到申报书上，请删去。"]
    assert "leader" not in found
    client.force_login(world.user)
    attach(client, world, a_pdf())
    stamp(client, world.venture, present_hash(world.venture))
    data = {"declared": "on", "version": row.application.version + 9}
    answer = client.post(reverse("apply_submit", args=[row.pk]), data)
    assert answer.status_code == 422 and signs in answer.content.decode()
    assert Venture.objects.get(pk=row.pk).state == State.DRAFT
