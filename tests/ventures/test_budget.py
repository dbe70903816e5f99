"""What an applicant may make the site keep."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from common.errors import TooMany
from common.files import DOCUMENTS, path_of, store
from rounds.models import AttachmentRule, FormSection
from tests.factories import a_venture
from tests.ventures.test_papers import a_pdf
from ventures import actions
from ventures.application.actions import applying
from ventures.limits import UNSUBMITTED
from ventures.models import Submission

pytestmark = pytest.mark.django_db


def test_an_organization_has_so_many_drafts_in_a_round(
    people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "DRAFTS", replace(applying.DRAFTS, most=2))
    a_venture(round=people.round, organization=people.organization)
    a_venture(organization=people.organization)  # another round's
    given: dict[str, Any] = {"by": people.applicant, "round": people.round, "organization": people.organization}
    actions.start(**given, title="第二份")
    with translation.override("en"), pytest.raises(TooMany, match="has 2 drafts in this round"):
        actions.start(**given, title="第三份")


def test_a_file_that_is_taken_off_is_gone_unless_it_was_submitted(
    people: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    venture = a_venture(round=people.round, organization=people.organization)
    FormSection.objects.create(round=people.round, slug="files", ordinal=1)
    rule = AttachmentRule.objects.create(round=people.round, ordinal=1, label="登记证书", max_files=2)
    kept, gone = (store(a_pdf(f"{n}.pdf", b"%d" % n), by=people.applicant, allowed=DOCUMENTS) for n in (1, 2))
    attached = [actions.attach(venture, by=people.applicant, rule=rule, file=f) for f in (kept, gone)]
    assert UNSUBMITTED.present(account=people.applicant.pk) == kept.size + gone.size
    version = Submission.objects.create(
        venture=venture, ordinal=1, receipt="1", content={}, hash="0" * 64, by_id=1, by_name="申报人"
    )
    version.files.add(kept)
    paths = path_of(kept), path_of(gone)
    with django_capture_on_commit_callbacks(execute=True):
        for attachment in attached:
            actions.detach(attachment, by=people.applicant)
    assert [path.exists() for path in paths] == [True, False]
    assert UNSUBMITTED.present(account=people.applicant.pk) == 0
