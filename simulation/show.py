"""What the commands print."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from common.money import yuan
from rounds.models import Round
from simulation.play import Played
from simulation.tables import table
from ventures.models import Venture
from ventures.states import State


def show_outcome(played: Played, result: dict[str, Any]) -> str:
    rounds = table(
        [_("Round"), _("State"), _("Ventures")],
        [[r.name, r.get_state_display(), r.ventures.count()] for r in played.rounds],
        right=[2],
    )
    states = table(
        [_("State of the ventures"), _("Count")],
        [[State(state).label, count] for state, count in result["states"].items()],
        right=[1],
    )
    labels = {
        "awarded": _("Awarded (元)"),
        "paid": _("Paid (元)"),
        "recovered": _("Recovered (元)"),
        "returned": _("Balance returned (元)"),
        "spent": _("Spent from the grant (元)"),
    }
    money = table([_("Money"), _("Sum")], [[labels[k], yuan(v)] for k, v in result["money"].items()], right=[1])
    last = _("%(moves)s moves, %(files)s workbooks, %(seconds)s seconds") % {
        "moves": result["moves"],
        "files": len(result["workbooks"]),
        "seconds": result["seconds"],
    }
    return f"{rounds}\n\n{states}\n\n{money}\n\n{last}"


def show_ventures(round_: Round) -> str:
    """The ventures of a round: number, title, organization, score, award, state."""
    ventures = Venture.objects.filter(round=round_).select_related("organization").order_by("number", "pk")
    rows = [
        [
            v.number,
            f"《{v.title}》",
            v.organization.name,
            "" if v.score is None else v.score,
            "" if v.awarded is None else yuan(v.awarded),
            v.get_state_display(),
        ]
        for v in ventures
    ]
    head = [_("Number"), _("Title"), _("Organization"), _("Score"), _("Award (元)"), _("State")]
    return table(head, rows, right=[3, 4])


def show_accounts(users: Iterable[User], password: str) -> str:
    rows = [[u.username, password, u.get_role_display(), u.name] for u in users]
    return table([_("User name"), _("Password"), _("Role"), _("Name")], rows)
