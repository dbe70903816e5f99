"""公示: objections and their rulings, the reserve that moves up, the award, and the begin of delivery."""

from collections.abc import Iterator

from common import clock
from common.machine.door import move
from common.money import total
from reviews import actions as reviews
from reviews.queries import most_for
from simulation.scene import Part, Scene, must_be_refused
from simulation.stages.call import refresh
from simulation.story import ObjectionStory
from ventures import actions
from ventures.models import Notice, Objection
from ventures.states import State


def publish(scene: Scene) -> Notice | None:
    """Publish what is proposed; without a proposal the round itself moves on, with a note that says so."""
    manager = scene.cast.manager
    with scene.at("published_on"):
        if not any(p.state == State.PROPOSED for p in scene.parts):
            move(scene.round, "publish", by=manager, note="本届没有拟立项项目。")
            return None
        until = scene.calendar.on("notice_until") if "notice_until" in scene.calendar else None
        notice = actions.publish(scene.round, by=manager, closes_on=until)
    refresh(scene, State.PROPOSED)
    return notice


def object_to(scene: Scene, notice: Notice) -> Iterator[tuple[Part, ObjectionStory, Objection]]:
    """异议 of the public, one after the other, with the clock set."""
    objected = [p for p in scene.parts if p.state == State.ON_NOTICE and p.story.objection]
    if not objected:
        return
    for part in scene.paced(objected, scene.calendar.at("objected_on")):
        story = part.story.objection
        assert story is not None
        yield (
            part,
            story,
            actions.file_objection(
                notice, venture=part.venture, name=story.name, contact=story.contact, text=story.text
            ),
        )


def object_and_rule(scene: Scene, notice: Notice) -> None:
    """File what the public objects to, look into it, and rule on it."""
    manager = scene.cast.manager
    filed = []
    for part, story, objection in object_to(scene, notice):
        filed.append((part, story, actions.admit_objection(objection, by=manager)))
        part.venture.refresh_from_db()
        must_be_refused(actions.award, venture=part.venture, by=manager)
    for part, story, objection in filed:
        with scene.at("ruled_on"):
            rule = actions.uphold_objection if story.outcome == "upheld" else actions.dismiss_objection
            rule(objection, by=manager, ruling=story.ruling)
            part.venture.refresh_from_db()


def award(scene: Scene) -> None:
    """立项 after the notice; for every award that was cancelled the best reserve moves up, with a notice of its own."""
    manager = scene.cast.manager
    early = next((p for p in scene.parts if p.state == State.ON_NOTICE), None)
    if early is not None:
        with scene.at("ruled_on"):
            must_be_refused(actions.award, venture=early.venture, by=manager)
    for part in scene.on_desk("awarded_on", State.ON_NOTICE):
        actions.award(part.venture, by=manager)
    _move_reserves_up(scene)
    with scene.at("second_awarded_on" if "second_awarded_on" in scene.calendar else "awarded_on"):
        reviews.release_reserves(scene.round, by=manager)
        refresh(scene, State.RESERVE)
        move(scene.round, "begin_delivery", by=manager)


def _move_reserves_up(scene: Scene) -> None:
    cancelled = sum(p.state == State.CANCELLED for p in scene.parts)
    reserves = sorted(
        (p for p in scene.parts if p.state == State.RESERVE), key=lambda p: (p.venture.rank, p.venture.number)
    )
    if not (cancelled and reserves):
        return
    manager = scene.cast.manager
    with clock.at(scene.calendar.at("second_published_on")):
        for part in reserves[:cancelled]:
            given = scene.round.ventures.exclude(awarded=None).aggregate(sum=total("awarded"))["sum"]
            amount = min(scene.round.budget - given, most_for(part.venture, scene.round))
            if amount > 0:
                reviews.promote(part.venture, by=manager, amount=amount)
        actions.publish(scene.round, by=manager)
    refresh(scene, State.RESERVE, State.PROPOSED)
    for part in scene.on_desk("second_awarded_on", State.ON_NOTICE):
        actions.award(part.venture, by=manager)
