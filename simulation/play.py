"""Play a story through the public doors: the same actions, rules and gates as for people, with the clock set."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from common.clock import at
from common.models import JournalEntry
from rounds.models import Round, Series
from simulation.cast import Cast
from simulation.rounds import set_up
from simulation.scene import Scene
from simulation.stages import call, closure, delivery, notice, review, screening
from simulation.story import Story
from ventures.models import Notice

Progress = Callable[[str, str], None]  # the round's name and the stage that is over


@dataclass
class Played:
    rounds: list[Round] = field(default_factory=list)
    moves: int = 0
    manager: User | None = None


def silent(round_name: str, stage: str) -> None:
    """Tell nobody."""


def play(story: Story, progress: Progress = silent) -> Played:
    """Set up every round of the story, then play each as far as it goes. Raises SimulationError, DomainError."""
    last = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for code, name in story.series.items():
        Series.objects.get_or_create(code=code, defaults={"name": name})
    with at(min(r.calendar.at("prepared_at") for r in story.rounds)):
        cast = Cast(story)
    made = {r.key: set_up(r, is_demo=story.is_demo) for r in story.rounds}
    for round_story in story.rounds:
        play_round(Scene(round_story, made[round_story.key], cast), made, progress)
    for round_ in made.values():
        round_.refresh_from_db()
    moves = JournalEntry.objects.filter(pk__gt=last).exclude(to_state="").count()
    return Played(rounds=list(made.values()), moves=moves, manager=cast.manager)


def play_round(scene: Scene, rounds: dict[str, Round], progress: Progress = silent) -> None:
    """One round from its call to its completion, or to the stage where its story stops."""

    def over(stage: str, moment: str) -> None:
        scene.deliver_messages(moment)
        progress(scene.round.name, stage)

    if scene.story.reaches("call"):
        _call(scene, over)
    if scene.story.reaches("review"):
        _review(scene, over)
    if scene.story.reaches("notice"):
        published = _selection(scene, over)
        if scene.story.reaches("delivery"):
            _award(scene, published, over)
            _delivery(scene, over)
            _closure(scene, rounds, over)
        elif published is not None:
            # The notice runs today: what the public has objected to waits on the manager's desk.
            list(notice.object_to(scene, published))


Over = Callable[[str, str], None]


def _call(scene: Scene, over: Over) -> None:
    call.open_call(scene)
    call.apply(scene)
    if scene.story.reaches("review"):
        call.close_call(scene)
        over(_("Call"), "call_closed_at")
        screening.screen(scene)
        screening.correct(scene)
        over(_("Screening"), "panel_on")
    else:
        # The call is open today; the office has begun to look at what came in.
        screening.screen(scene)
        over(_("Call"), "screened_on")


def _review(scene: Scene, over: Over) -> None:
    review.begin(scene)
    review.score(scene)
    over(_("Review"), "scores_due_at" if scene.story.reaches("notice") else "review_begins_on")


def _selection(scene: Scene, over: Over) -> Notice | None:
    review.select(scene)
    published = notice.publish(scene)
    over(_("Selection"), "published_on")
    return published


def _award(scene: Scene, published: Notice | None, over: Over) -> None:
    if published is not None:
        notice.object_and_rule(scene, published)
    notice.award(scene)
    over(_("Public notice"), "awarded_on")


def _delivery(scene: Scene, over: Over) -> None:
    delivery.sign_and_begin(scene)
    delivery.first_half(scene)
    over(_("First half of delivery"), "second_paid_on")
    delivery.second_half(scene)
    over(_("Second half of delivery"), "tail_paid_on")


def _closure(scene: Scene, rounds: dict[str, Round], over: Over) -> None:
    closure.waive(scene)
    event = closure.plan_event(scene, rounds)
    if not scene.story.reaches("end"):
        # The event is to come, and what was claimed is still owed.
        closure.close_books(scene)
        over(_("Delivery so far"), "settled_on")
        return
    if event:
        closure.hold_event(scene, event)
    delivery.recover(scene)
    closure.close_books(scene)
    closure.close(scene)
    over(_("Showcase and closure"), "completed_at")
