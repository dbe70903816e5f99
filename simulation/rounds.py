"""A round of a story as rows: the set-up, before its call opens."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from common.clock import at
from organizations.models import Place, Platform
from rounds.models import (
    AttachmentRule,
    BudgetHead,
    BudgetRule,
    Category,
    CheckItem,
    EligibilityRule,
    FormSection,
    FundSource,
    GradeBand,
    Question,
    Round,
    RoundPhase,
    RubricItem,
    Series,
    TrancheRule,
)
from simulation.story import RoundStory, SimulationError


def existing(story: RoundStory) -> Round | None:
    """The round that the story would make, when it is there already."""
    if story.edition is None:
        return None
    return Round.objects.filter(series__code=story.series, edition=story.edition).first()


def holds_real_rounds() -> bool:
    """Whether somebody works with this database: demonstration accounts have no business there."""
    return Round.objects.filter(is_demo=False).exists()


@transaction.atomic
def set_up(story: RoundStory, *, is_demo: bool) -> Round:
    """Make the round, in preparation, with its rules. A story without an edition takes the next free one."""
    if story.edition is not None and (there := existing(story)):
        raise SimulationError(f"{there} is there already")
    series = Series.objects.get(code=story.series)
    edition = story.edition or (series.rounds.aggregate(last=Max("edition"))["last"] or 0) + 1
    with at(story.calendar.at("prepared_at")):
        round_ = Round.objects.create(
            series=series,
            edition=edition,
            opens_at=story.calendar.at("opens_at"),
            closes_at=story.calendar.at("closes_at"),
            is_demo=is_demo,
            **{**story.facts, "platform": Platform.objects.get(name=story.facts["platform"])},
        )
        Category.objects.bulk_create(Category(round=round_, name=name) for name in story.categories)
        CheckItem.objects.bulk_create(
            CheckItem(round=round_, ordinal=n, label=label) for n, label in enumerate(story.check_items, start=1)
        )
        RubricItem.objects.bulk_create(
            RubricItem(round=round_, ordinal=n, **item) for n, item in enumerate(story.rubric, start=1)
        )
        GradeBand.objects.bulk_create(
            GradeBand(round=round_, ordinal=n, **band) for n, band in enumerate(story.grades, start=1)
        )
        BudgetHead.objects.bulk_create(
            BudgetHead(round=round_, ordinal=n, **head) for n, head in enumerate(story.budget_heads, start=1)
        )
        BudgetRule.objects.bulk_create(
            BudgetRule(round=round_, ordinal=n, **rule) for n, rule in enumerate(story.budget_rules, start=1)
        )
        TrancheRule.objects.bulk_create(
            TrancheRule(round=round_, ordinal=n, **rule) for n, rule in enumerate(story.tranches, start=1)
        )
        FundSource.objects.bulk_create(
            FundSource(round=round_, ordinal=n, **source) for n, source in enumerate(story.fund_sources, start=1)
        )
        RoundPhase.objects.bulk_create(
            RoundPhase(round=round_, ordinal=n, **phase) for n, phase in enumerate(story.phases, start=1)
        )
        _set_up_form(round_, story.form)
    return round_


def _set_up_form(round_: Round, form: dict[str, Any]) -> None:
    """Sections with their questions, papers, who may apply and where. A condition names a question above by its label."""
    asked: dict[str, Question] = {}
    for n, given in enumerate(form.get("sections", []), start=1):
        facts = {k: v for k, v in given.items() if k != "questions"}
        section = FormSection.objects.create(round=round_, ordinal=n, **facts)
        for m, question in enumerate(given.get("questions", []), start=1):
            facts = {**question, "asked_if": asked.get(question.get("asked_if", ""))}
            asked[question["label"]] = Question.objects.create(section=section, ordinal=m, **facts)
    AttachmentRule.objects.bulk_create(
        AttachmentRule(round=round_, ordinal=n, **paper) for n, paper in enumerate(form.get("papers", []), start=1)
    )
    EligibilityRule.objects.bulk_create(
        EligibilityRule(round=round_, ordinal=n, **rule) for n, rule in enumerate(form.get("eligibility", []), start=1)
    )
    round_.places.set(Place.objects.filter(code__in=form.get("places", [])))
