"""What applicants and citizens may ask of the site: objections, messages, open drafts, files that belong to nothing yet."""

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from common.limits import Rate, Stock, declared
from common.limits.of_the_site import MB
from common.models import StoredFile
from ventures.models import Submission, Venture
from ventures.states import State

OBJECTIONS = declared(
    Rate(
        "objections",
        "objections to what is on a notice, from an address, which an office may share",
        per=("address", "notice"),
        most=5,
        minutes=60,
        refusal=_(
            "%(n)s objections to this notice came from your address within %(m)s minutes. Please send this one in %(left)s"
            ", or bring it on paper to the contact of the notice."
        ),
    )
)
RECEIPTS = declared(
    Rate(
        "receipts",
        "attempts to find the receipt of an objection by its number, from an address",
        per=("address",),
        most=10,
        minutes=60,
        refusal=_("A receipt was looked for %(n)s times within %(m)s minutes. Please try again in %(left)s minutes."),
    )
)
REMARKS = declared(
    Rate(
        "remarks",
        "messages of an applicant to the desk",
        per=("account",),
        most=60,
        minutes=60,
        refusal=_("You have sent %(n)s messages within %(m)s minutes. Please send this one in %(left)s."),
    )
)


def _drafts(organization: int, round: int) -> int:
    return Venture.objects.filter(organization=organization, round=round, state=State.DRAFT).count()


DRAFTS = declared(
    Stock(
        "drafts",
        "open drafts of an organization in a round",
        per=("organization", "round"),
        most=20,
        refusal=_(
            "The organization has %(n)s drafts in this round, which is as many as there may be. Please go on with one of"
            " them."
        ),
        present=_drafts,
    )
)


def _unsubmitted_bytes(account: int) -> int:
    kept = Submission.files.through.objects.values("storedfile_id")
    files = StoredFile.objects.filter(by_id=account).exclude(pk__in=kept)
    return files.exclude(pk__in=Submission.objects.exclude(stamped_scan=None).values("stamped_scan__file")).aggregate(
        n=Sum("size", default=0)
    )["n"]  # type: ignore[no-any-return]


UNSUBMITTED = declared(
    Stock(
        "unsubmitted_bytes",
        "bytes of files that a person has handed in and that are part of nothing submitted",
        per=("account",),
        most=500 * MB,
        refusal=_(
            "The files that you have not submitted yet have %(n)s together, which is as much as there may be. Take off those"
            " that are not needed, or submit."
        ),
        in_bytes=True,
        present=_unsubmitted_bytes,
    )
)
