"""In the process of the measured database: plant applicants with finished drafts, move the deadline, count what came."""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from common.clock import now  # noqa: E402
from rounds.models import Round  # noqa: E402
from tests.factories import a_round, a_venture, an_organization  # noqa: E402
from ventures.application.content import ApplicationContent  # noqa: E402
from ventures.models import Application, Submission, Venture  # noqa: E402


def plant(n: int) -> list[dict[str, Any]]:
    with transaction.atomic():
        round_ = a_round(stamp_required=True, closes_at=now() + timedelta(days=1), quota=500)
        return [_client(round_, nth) for nth in range(n)]


def _client(round_: Round, nth: int) -> dict[str, Any]:
    user = User(username=f"rush{nth}", name=f"申报人{nth}", role="applicant")
    user.set_unusable_password()
    user.save()
    venture = a_venture(round=round_, organization=an_organization(members=[user]))
    Application.objects.filter(venture=venture).update(declared=False)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    fresh = Venture.objects.select_related("round__series", "organization", "category", "place").get(pk=venture.pk)
    return {
        "session": session.session_key,
        "hash": ApplicationContent(fresh).hash,
        "version": str(fresh.application.version),
        "real": f"/apply/ventures/{venture.pk}/submit/",
        "bare": f"/bare/{venture.pk}/",
    }


def main() -> None:
    command, *given = sys.argv[1:]
    if command == "plant":
        print(json.dumps(plant(int(given[0]))))
    elif command == "deadline":
        closes_at = now() + timedelta(seconds=float(given[0]))
        Round.objects.update(closes_at=closes_at)
        print(closes_at.timestamp())
    else:
        submitted = Venture.objects.filter(state="submitted")
        numbers = set(submitted.values_list("number", flat=True))
        print(
            json.dumps(
                {"ventures": submitted.count(), "submissions": Submission.objects.count(), "numbers": len(numbers)}
            )
        )


if __name__ == "__main__":
    main()
