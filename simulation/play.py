"""Play a story through the public doors: the same actions, rules and gates as for people, with the clock set."""

from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.models import User
from common.models import JournalEntry
from simulation.cast import Cast
from simulation.rounds import set_up
from simulation.scene import Scene
from simulation.stages import call, closure, delivery, notice, review, screening
from simulation.story import Story
from ventures.models import Round, Series

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

    story = scene.story
    if not story.reaches("call"):
        return
    call.open_call(scene)
    call.apply(scene)
    if story.until == "call":
        screening.screen(scene)
        return over("call", "screened_on")
    call.close_call(scene)
    over("call", "call_closed_at")
    screening.screen(scene)
    screening.correct(scene)
    over("screening", "panel_on")
    review.begin(scene)
    review.score(scene)
    over("review", "scores_due_at" if story.reaches("notice") else "review_begins_on")
    if not story.reaches("notice"):
        return None
    review.select(scene)
    published = notice.publish(scene)
    over("selection", "published_on")
    if not story.reaches("end"):
        return None
    if published is not None:
        notice.object_and_rule(scene, published)
    notice.award(scene)
    over("notice", "awarded_on")
    delivery.sign_and_begin(scene)
    delivery.first_half(scene)
    over("first half of delivery", "second_paid_on")
    delivery.second_half(scene)
    closure.waive(scene)
    over("second half of delivery", "tail_paid_on")
    if event := closure.plan_event(scene, rounds):
        closure.hold_event(scene, event)
    delivery.recover(scene)
    closure.close_books(scene)
    closure.close(scene)
    return over("closure", "completed_at")
