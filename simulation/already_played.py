"""A story that was played in this database before: what was journalled is never undone, so it is told, not replayed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role, User
from common.deadlines import end_of
from common.models import JournalEntry
from rounds.models import Round
from rounds.states import RoundState
from simulation.play import Played
from simulation.rounds import existing
from simulation.story import SimulationError, Story
from ventures.models import Venture


def already_played(story: Story) -> Played | None:
    """The rounds of the story as they are stored; None when none of them is there.

    Raises SimulationError when others stand in their place, or when an earlier play was broken off.
    """
    pairs = [(r, existing(r)) for r in story.rounds]
    rounds = [there for _story, there in pairs if there is not None]
    if not rounds:
        return None
    for told, there in pairs:
        if there is None or set(there.ventures.values_list("title", flat=True)) != {v.title for v in told.ventures}:
            raise SimulationError(_taken(rounds[0] if there is None else there))
        if told.until == "end" and there.state != RoundState.CLOSED:
            raise SimulationError(_taken(there))
    names = [p.username for p in story.people if p.role == Role.MANAGER]
    manager = User.objects.filter(username__in=names).first()
    return Played(rounds=rounds, moves=_moves(story, rounds), manager=manager)


def _moves(story: Story, rounds: list[Round]) -> int:
    """Moves up to the day of the summaries; what happened to the rounds after the story is not part of it."""
    pks = [r.pk for r in rounds]
    ventures = Venture.objects.filter(round__in=pks).order_by().values("pk")
    subjects = Q(subject_kind="ventures.venture", subject_id__in=ventures)
    subjects |= Q(subject_kind="rounds.round", subject_id__in=pks)
    end = end_of(story.reported_on)
    return JournalEntry.objects.filter(subjects, at__lt=end).exclude(to_state="").count()


def _taken(round_: Round) -> str:
    return _(
        "%(round)s (%(state)s) is in this database already, and what was journalled is never undone."
        " To play it, use a fresh database: HONGCHUANG_VAR=<empty folder> or another DATABASE_URL."
    ) % {"round": round_, "state": round_.get_state_display()}
