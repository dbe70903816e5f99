"""A brake on guessing and on mails: the limits of accounts (common.limits)."""

from django.utils.translation import gettext_lazy as _

from common.limits import Rate, declared, forget, give_back, take

__all__ = [
    "CODES",
    "FACTOR",
    "INVITATION_MAILS",
    "PASSWORD",
    "PASSWORDS",
    "REGISTER",
    "RESETS",
    "RESET_MAILS",
    "forget",
    "give_back",
    "take",
]

_WRONG_PASSWORDS = _("%(n)s wrong passwords within %(m)s minutes. Please try again in %(left)s.")
PASSWORD = declared(
    Rate(
        "password",
        "wrong passwords of an account from one address",
        per=("account", "address"),
        most=10,
        minutes=15,
        refusal=_WRONG_PASSWORDS,
    )
)
PASSWORDS = declared(
    Rate(
        "passwords",
        "wrong passwords from an address, which a whole office may share",
        per=("address",),
        most=100,
        minutes=15,
        refusal=_WRONG_PASSWORDS,
    )
)
FACTOR = declared(
    Rate(
        "factor",
        "wrong codes of the second factor: who gets here knows the password",
        per=("account",),
        most=5,
        minutes=15,
        refusal=_("%(n)s wrong codes within %(m)s minutes. Please try again in %(left)s."),
    )
)
CODES = declared(
    Rate(
        "codes",
        "unknown codes of invitations and links",
        per=("address",),
        most=30,
        minutes=15,
        refusal=_("%(n)s unknown codes within %(m)s minutes. Please try again in %(left)s."),
    )
)
REGISTER = declared(
    Rate(
        "register",
        "registrations from an address, which a hall full of people may share",
        per=("address",),
        most=200,
        minutes=60,
        refusal=_("%(n)s registrations within %(m)s minutes. Please try again in %(left)s."),
    )
)
RESETS = declared(
    Rate(
        "resets",
        "requests for a new password",
        per=("address",),
        most=10,
        minutes=60,
        refusal=_("A new password was asked for %(n)s times within %(m)s minutes. Please try again in %(left)s."),
    )
)
# Nobody is told: it would give the account away.
RESET_MAILS = declared(Rate("reset_mails", "mails with a link for a new password", per=("account",), most=3))
INVITATION_MAILS = declared(
    Rate(
        "invitation_mails",
        "invitations by mail",
        per=("account",),
        most=20,
        minutes=24 * 60,
        refusal=_("%(n)s invitations by mail within a day. Please send the code yourself."),
    )
)
