"""In the process of the measured database: plant a call with people in it, one of them hostile, and a notice."""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth import login  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from accounts.models import User  # noqa: E402
from common.clock import today  # noqa: E402
from common.site.sessions import SessionStore  # noqa: E402
from rounds.models import AttachmentRule, FormSection, Round  # noqa: E402
from tests.factories import a_full_form, a_round, a_venture, an_organization  # noqa: E402
from ventures.models import Notice, NoticeLine  # noqa: E402
from ventures.states import State  # noqa: E402


def plant(n: int) -> dict[str, Any]:
    """Addresses of pages for `n` ordinary people and for the hostile one."""
    with transaction.atomic():
        round_ = a_round()
        a_full_form(round_)
        FormSection.objects.create(round=round_, slug="files", ordinal=20)
        paper = AttachmentRule.objects.create(round=round_, ordinal=1, label="法人登记证书", required=True, max_files=3)
        venture = a_venture(State.ON_NOTICE, round=a_round())
        notice = Notice.objects.create(
            round=venture.round, title="拟立项项目公示", opens_on=today() - timedelta(1), closes_on=today() + timedelta(9),
            days=7,
        )  # fmt: skip
        NoticeLine.objects.create(notice=notice, venture=venture, ordinal=1, amount=venture.awarded)
        return {
            "people": [_person(round_, nth) for nth in range(n)],
            "hostile": _person(round_, n),
            "paper": paper.pk,
            "notice": notice.pk,
            "noticed": venture.pk,
        }


def _person(round_: Round, nth: int) -> dict[str, Any]:
    user = User(username=f"siege{nth}", name=f"申报人{nth}", role="applicant")
    user.set_unusable_password()
    user.save()
    venture = a_venture(round=round_, organization=an_organization(members=[user]))
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return {"session": request.session.session_key, "venture": venture.pk, "user": user.pk}


if __name__ == "__main__":
    print(json.dumps(plant(int(sys.argv[1]))))
