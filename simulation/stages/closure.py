"""成果展 and 结项: the event, waived showcases, the books closed, the round completed."""

from decimal import Decimal

from common.machine.door import move
from rounds.models import Round
from showcases import actions as showcases
from showcases.models import Event, Exhibit
from simulation.scene import Part, Scene, must_be_refused
from simulation.stages import books
from simulation.stages.call import refresh
from simulation.stages.delivery import pay_what_is_due
from simulation.story import ExhibitStory, SimulationError
from ventures import actions
from ventures.states import State

ON_STAGE = {Exhibit.Form.TALK, Exhibit.Form.FILM}
SPENT = Decimal(1)


def waive(scene: Scene) -> None:
    waived = [p for p in scene.parts if p.state == State.EVALUATED and p.story.waived]
    for part in scene.paced(waived, scene.calendar.at("event_planned_at")):
        actions.waive_showcase(part.venture, by=scene.cast.clerk, reason=part.story.waived)


def plan_event(scene: Scene, rounds: dict[str, Round]) -> Event | None:
    """The event with its exhibits and programme, announced. Nothing to show and nothing to launch: no event."""
    story, clerk = scene.story.event, scene.cast.clerk
    shown = [p for p in scene.parts if is_on_show(p)]
    if story is None or not (shown or story.launches):
        return None
    try:
        launched = {key: rounds[key] for key in story.launches}
    except KeyError as e:
        raise SimulationError(f"{story.name}: round {e}?") from None
    with scene.at("event_planned_at"):
        event = showcases.plan(
            by=clerk,
            name=story.name,
            starts_at=scene.calendar.at("event_starts_at"),
            ends_at=scene.calendar.at("event_ends_at"),
            venue=story.venue,
            introduction=story.introduction,
            shows=[scene.round],
            launches=list(launched.values()),
        )
        for part in shown:
            exhibit = part.story.exhibit or ExhibitStory()
            row = showcases.add_exhibit(
                event,
                by=clerk,
                venture=part.venture,
                form=exhibit.form,
                minutes=exhibit.minutes,
                presenter=f"{part.organization}宣讲人"[:60],
            )
            if exhibit.material:
                showcases.receive_material(row, by=clerk)
        fill_programme(scene, event, shown, launched)
        return showcases.announce(event, by=clerk)


def is_on_show(part: Part) -> bool:
    """What is evaluated has to be shown; an event to come may also show what is still under way."""
    return part.state == State.EVALUATED or (part.state in showcases.EXHIBITABLE and part.story.exhibit is not None)


def fill_programme(scene: Scene, event: Event, shown: list[Part], launched: dict[str, Round]) -> None:
    assert scene.story.event is not None
    for item in scene.story.event.programme:
        if item.get("exhibits"):
            for part in shown:
                exhibit = part.story.exhibit
                if exhibit and exhibit.form in ON_STAGE:
                    showcases.add_programme_item(
                        event,
                        by=scene.cast.clerk,
                        title=f"《{part.venture.title}》",
                        minutes=exhibit.minutes,
                        presenter=f"{part.organization}宣讲人"[:60],
                        venture=part.venture,
                    )
            continue
        showcases.add_programme_item(
            event,
            by=scene.cast.clerk,
            title=item["title"],
            minutes=item["minutes"],
            presenter=item.get("presenter", ""),
            launches=launched.get(item.get("launches", "")),
        )


def hold_event(scene: Scene, event: Event) -> None:
    with scene.at("event_ends_at"):
        showcases.hold(event, by=scene.cast.clerk)
        refresh(scene, State.EVALUATED)


def close_books(scene: Scene) -> None:
    """Of ventures that were shown: what waits for the closure is paid, the rest is spent or goes back. Before that, closing is refused to whoever still owes."""
    for part in scene.on_desk("settled_on", State.SHOWN):
        must_be_refused(actions.close, venture=part.venture, by=scene.cast.manager)
        pay_what_is_due(part, by=scene.cast.finance)
        books.spend_up_to(part, SPENT)
        books.return_balance(part, by=scene.cast.finance)


def close(scene: Scene) -> None:
    for part in scene.on_desk("closed_on", State.SHOWN):
        actions.close(part.venture, by=scene.cast.manager)
    with scene.at("completed_at"):
        move(scene.round, "close", by=scene.cast.manager)
