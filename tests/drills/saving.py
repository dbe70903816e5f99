"""People at work, for test_backup: `python -m tests.drills.saving prepare|save|stuck`.

`save` saves a draft again and again and hands in a file now and then, and says what was confirmed; until it is ended.
`stuck` is a backup that stops for ever before the manifest is written, so that the test can kill it there.
"""

import os
import signal
import sys
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

FILE_EVERY = 3  # saves


def prepare() -> None:
    from tests.factories import a_user, a_venture, an_applicant

    person, organization = an_applicant(username="applicant")
    a_user("admin", username="admin")
    a_venture(organization=organization)
    save(person, 1)


def save(person: object, n: int) -> None:
    from django.core.files.base import ContentFile

    from common.files import SCANS, store
    from tests.corpus.parts import pdf
    from ventures.application.actions import save_draft
    from ventures.models import Venture

    save_draft(Venture.objects.get(), by=person, values={"summary": f"{n}"})
    if n % FILE_EVERY == 1:
        store(ContentFile(pdf(end=b"%%%d\n%%%%EOF\n" % n), f"{n}.pdf"), by=person, allowed=SCANS)
    print(n, flush=True)


def stuck() -> None:
    from django.core.management import call_command

    from common.backup import manifest

    def stop(*args: object) -> None:
        print("stuck", flush=True)
        signal.pause()

    manifest.store = stop  # type: ignore[assignment]
    call_command("backup")


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "save":
        from accounts.models import User

        for n in count(2):
            save(User.objects.get(username="applicant"), n)
    else:
        {"prepare": prepare, "stuck": stuck}[sys.argv[1]]()
