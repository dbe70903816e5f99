"""Before anybody scores: the panel, conflicts, and the start of the review."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from common.errors import Conflict, Invalid, NotAllowed
from common.machine.actors import SYSTEM
from common.machine.door import move, move_many
from common.models import record
from common.normal_forms import unit_name
from common.text import clean
from common.wording import listed
from common.work import outbox
from organizations.models import Membership
from reviews.flows import finish, hand_out
from reviews.models import Panel, PanelMember, Recusal, Review, Score
from rounds.models import Round
from rounds.states import RoundState, before
from ventures.models import Venture
from ventures.states import Group, State, waiting

BEFORE_REVIEW = before(RoundState.IN_REVIEW)
UNDECIDED = waiting(Group.SCREENING, Group.REVIEW)


@transaction.atomic
def set_panel(round: Round, *, by: Any, experts: Sequence[User], due_at: datetime | None = None) -> Panel:
    """Seat `experts` in this order (专家1 …); replaces an earlier panel. Recusals stay.

    Raises NotAllowed; Conflict once the review has begun; Invalid for who is no active expert, or sits twice.
    """
    if not by.has_perm("reviews.set_panel", round):
        raise NotAllowed
    row = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if row.state not in BEFORE_REVIEW:
        raise Conflict(_("The review of %(round)s has begun; its panel can not be changed.") % {"round": row})
    problems = _panel_problems(experts)
    if problems:
        raise Invalid({"experts": problems})
    panel, __ = Panel.objects.update_or_create(round=row, defaults={"due_at": due_at})
    panel.members.all().delete()
    PanelMember.objects.bulk_create(
        PanelMember(panel=panel, expert=expert, ordinal=n) for n, expert in enumerate(experts, start=1)
    )
    record(row, "set_panel", by=by, experts=listed(experts))
    return panel


def _panel_problems(experts: Sequence[User]) -> list[str]:
    if not experts:
        return [_("Please choose the experts.")]
    problems = [
        _("%(name)s has no active account as a review expert.") % {"name": e}
        for e in experts
        if not e.is_a(Role.EXPERT)
    ]
    twice = {e.pk: e for n, e in enumerate(experts) if e in experts[:n]}
    return problems + [_("%(name)s is chosen twice.") % {"name": e} for e in twice.values()]


@transaction.atomic
def recuse(venture: Venture, *, expert: User, by: Any, reason: str, note: str = "") -> Recusal:
    """回避, by the expert or by staff, before the review begins or while it runs and the score is not submitted.

    A draft of the score is thrown away, the file closes to the expert, and the review goes on without this score (if
    it was the last one that was missing, the result is made). Raises NotAllowed; Invalid; Conflict, after submission
    too: unlock the score first.
    """
    row = Venture.objects.select_for_update(of=("self",)).get(pk=venture.pk)
    seated = PanelMember.objects.filter(panel__round=row.round_id, expert=expert).exists()
    if not (by.has_perm("reviews.recuse", row) or (by.pk == expert.pk and seated)):
        raise NotAllowed
    note = clean(note)
    problems = _recusal_problems(seated, reason, note)
    if problems:
        raise Invalid(problems)
    if row.state not in UNDECIDED:
        raise Conflict(
            _("%(venture)s is “%(state)s”; a recusal is possible until the panel's scores are decided on.")
            % {"venture": row, "state": row.get_state_display()}
        )
    if Recusal.objects.filter(venture=row, expert=expert).exists():
        raise Conflict(_("%(name)s is recused from %(venture)s already.") % {"name": expert, "venture": row})
    review = Review.objects.filter(venture=row, expert=expert).first()
    if review is not None and review.state == Review.State.SUBMITTED:
        raise Conflict(
            _("%(name)s has submitted a score for %(venture)s. Let the office unlock it first, then note the recusal.")
            % {"name": expert, "venture": row}
        )
    recusal = Recusal.objects.create(venture=row, expert=expert, reason=reason, note=note)
    record(recusal, "recuse", by=by, note=note, venture=row, expert=expert, reason=reason)
    if review is not None:
        Score.objects.filter(review=review).delete()
        review.state, review.comment = Review.State.RECUSED, ""
        review.save(update_fields=["state", "comment"])
        finish(review, outcome="recused")
    return recusal


def _recusal_problems(seated: bool, reason: str, note: str) -> dict[str, list[str]]:
    problems = {}
    if not seated:
        problems["expert"] = [_("This person does not sit in the panel of the round.")]
    if reason not in Recusal.Reason.values:
        problems["reason"] = [_("Please choose a reason.")]
    limit = Recusal._meta.get_field("note").max_length or 0
    if reason == Recusal.Reason.OTHER and not note:
        problems["note"] = [_("Please say what the other reason is.")]
    elif len(note) > limit:
        problems["note"] = [_("%(n)s characters; at most %(max)s.") % {"n": len(note), "max": limit}]
    return problems


@transaction.atomic
def begin(round: Round, *, by: Any) -> list[Venture]:
    """启动评审: the round and every eligible venture go into review, and every expert gets what is to be scored.

    Conflicts that our own records show are recused first. Raises NotAllowed, IllegalMove, and NotReady naming what is
    missing: the panel, or the ventures with too few experts without a conflict.
    """
    move(round, "begin_review", by=by)
    ventures = list(round.ventures.filter(state=State.ELIGIBLE).select_related("organization"))
    experts = [m.expert for m in PanelMember.objects.filter(panel__round=round).select_related("expert")]
    _recuse_known_conflicts(ventures, experts)
    move_many(ventures, "begin_review", by=by)

    recused = set(Recusal.objects.filter(venture__in=ventures).values_list("venture_id", "expert_id"))
    states = Review.State
    reviews = Review.objects.bulk_create(
        Review(venture=v, expert=e, state=states.RECUSED if (v.pk, e.pk) in recused else states.ASSIGNED)
        for v in ventures
        for e in experts
    )
    open_reviews = [r for r in reviews if r.state == states.ASSIGNED]
    for venture in ventures:
        hand_out(venture, [r for r in open_reviews if r.venture_id == venture.pk])
    outbox.put_many(
        "to_score",
        [
            (
                f"to_score:{round.pk}:{e.pk}",
                {"expert": e.pk, "round": str(round), "reviews": [r.pk for r in open_reviews if r.expert_id == e.pk]},
            )
            for e in experts
        ],
    )
    return ventures


def _recuse_known_conflicts(ventures: Sequence[Venture], experts: Sequence[User]) -> None:
    """Who belongs to an applying organization (member, or working there) does not judge it, declared or not."""
    declared = set(Recusal.objects.filter(venture__in=ventures).values_list("venture_id", "expert_id"))
    members = set(Membership.objects.filter(user__in=experts).values_list("organization_id", "user_id"))
    units = {expert.pk: unit_name(expert.unit) for expert in experts}
    for venture in ventures:
        for expert in experts:
            is_member = (venture.organization_id, expert.pk) in members
            employed = is_member or units[expert.pk] == unit_name(venture.organization.name)
            if employed and (venture.pk, expert.pk) not in declared:
                recusal = Recusal.objects.create(venture=venture, expert=expert, reason=Recusal.Reason.EMPLOYED)
                record(recusal, "recuse", by=SYSTEM, venture=venture, expert=expert, reason=recusal.reason)
