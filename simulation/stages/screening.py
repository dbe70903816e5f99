"""形式审查: accepted, refused, or returned for correction and then accepted, or overdue."""

from simulation.scene import Part, Scene, must_be_refused
from simulation.stages import papers
from simulation.stages.call import refresh
from ventures import actions
from ventures.states import State

EVIDENCE = "已核对原件"
NOT_MET = "不符合"
RULE_SEEN = "已核对纸质材料"


def screen(scene: Scene) -> None:
    clerk = scene.cast.clerk
    for part in scene.on_desk("screened_on", State.SUBMITTED):
        if part.story.left_at == "submitted":
            continue
        if part.story.returned:
            actions.return_for_correction(part.venture, by=clerk, fields={"plan": part.story.returned})
        elif part.story.refused:
            answer(scene, part, all_met=False)
            must_be_refused(actions.accept, venture=part.venture, by=clerk)
            actions.refuse(part.venture, by=clerk, reason=part.story.refused)
        else:
            answer(scene, part)
            actions.accept(part.venture, by=clerk)


def correct(scene: Scene) -> None:
    """Corrections come back and are accepted; those that do not are refused when they are overdue."""
    for part in scene.on_desk("corrected_on", State.RETURNED):
        if part.story.corrected:
            values = {"plan": f"{part.story.narrative['plan']}已按意见补正。"}
            actions.save_draft(part.venture, by=part.applicant, values=values)
            papers.stamp(part)
            actions.resubmit(part.venture, by=part.applicant)
    for part in scene.on_desk("corrections_screened_on", State.SUBMITTED):
        answer(scene, part)
        actions.accept(part.venture, by=scene.cast.clerk)
    if any(p.state == State.RETURNED for p in scene.parts):
        with scene.at("overdue_on"):
            actions.refuse_overdue(scene.round)
            refresh(scene, State.RETURNED)


def answer(scene: Scene, part: Part, *, all_met: bool = True) -> None:
    first = scene.check_items[0]
    answers = {i.pk: (True, EVIDENCE) if all_met or i != first else (False, NOT_MET) for i in scene.check_items}
    open_rules = part.venture.rule_answers.exclude(met=True).values_list("rule", flat=True)
    rules = dict.fromkeys(open_rules, (True, RULE_SEEN))
    actions.answer_check(part.venture, by=scene.cast.clerk, answers=answers, rules=rules)
