"""征集: drafts, submissions, one or the other too late; the call closes and what was never submitted lapses."""

from django.db import transaction

from common import clock
from common.machine.door import move
from simulation.scene import Part, Scene, must_be_refused
from simulation.stages import papers
from simulation.story import BudgetRow, VentureStory
from ventures import actions
from ventures.states import State


def open_call(scene: Scene) -> None:
    with scene.at("opens_at"):
        move(scene.round, "open", by=scene.cast.manager)


def apply(scene: Scene) -> None:
    """Everybody drafts, then submits in time; the late ones try after the deadline and are refused."""
    stories = scene.story.ventures
    for nth, story in enumerate(stories):
        with clock.at(scene.calendar.between("drafts_from", "submitted_from", nth, len(stories))):
            part = draft(scene, story)
            papers.attach(scene, part)
            scene.parts.append(part)
    in_time = [p for p in scene.parts if not p.story.late and p.story.left_at != "draft"]
    for nth, part in enumerate(in_time):
        with clock.at(scene.calendar.between("submitted_from", "submitted_until", nth, len(in_time))):
            papers.stamp(part)
            actions.submit(part.venture, by=part.applicant)
            if part.story.withdrawn:
                actions.withdraw(part.venture, by=part.applicant, note="补充材料后重新提交。")
                actions.submit(part.venture, by=part.applicant)


@transaction.atomic
def draft(scene: Scene, story: VentureStory) -> Part:
    applicant, organization = scene.cast[story.applicant], scene.cast.organizations[story.applicant]
    venture = actions.start(by=applicant, round=scene.round, organization=organization, title=story.title)
    actions.save_draft(
        venture,
        by=applicant,
        values={
            "category": scene.categories[story.category],
            "place": scene.places[story.place],
            "leader": story.leader,
            "phone": story.phone,
            "starts_on": story.starts_on,
            "ends_on": story.ends_on,
            "beneficiaries": story.beneficiaries,
            "sessions_planned": story.sessions_planned,
            "attendance_planned": story.attendance_planned,
            **story.narrative,
            **story.tables,
            **{scene.path_of(question): answer for question, answer in story.answers.items()},
            "budget": [budget_line(row) for row in story.budget],
        },
    )
    if story.left_at != "draft":
        actions.declare(venture, by=applicant, declared=True)
    return Part(story, venture, applicant, organization)


def budget_line(row: BudgetRow) -> dict[str, object]:
    return {
        "head": row.head,
        "detail": row.detail,
        "unit_price": row.unit_price,
        "quantity": row.quantity,
        "unit": row.unit,
        "amount": row.amount,
        "from_grant": row.from_grant,
        "from_own": row.amount - row.from_grant,
        "basis": row.basis,
    }


def close_call(scene: Scene) -> None:
    with scene.at("call_closed_at"):
        for part in scene.parts:
            if part.story.late:
                must_be_refused(actions.submit, venture=part.venture, by=part.applicant)
        move(scene.round, "close_call", by=scene.cast.clerk)
        actions.lapse_drafts(scene.round, by=scene.cast.clerk)
        refresh(scene, State.DRAFT)


def refresh(scene: Scene, *states: str) -> None:
    """Read again what others than `part` have moved."""
    for part in scene.parts:
        if part.state in states:
            part.venture.refresh_from_db()
