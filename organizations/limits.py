"""What applicants may enter into the register by themselves."""

from django.utils.translation import gettext_lazy as _

from common.limits import Rate, declared

A_DAY = 24 * 60  # minutes

REGISTRATIONS = declared(
    Rate(
        "organizations",
        "organizations and groups that a person registers",
        per=("account",),
        most=20,
        minutes=A_DAY,
        refusal=_("You have registered %(n)s organizations within a day. Please register this one in %(left)s."),
    )
)
RECORDS = declared(
    Rate(
        "records",
        "inspections and ratings that a person declares",
        per=("account",),
        most=100,
        minutes=A_DAY,
        refusal=_("You have entered %(n)s records within a day. Please enter this one in %(left)s."),
    )
)
INVITATIONS = declared(
    Rate(
        "invitations",
        "invitations that a person makes",
        per=("account",),
        most=100,
        minutes=A_DAY,
        refusal=_("You have made %(n)s invitations within a day. Please make this one in %(left)s."),
    )
)
