"""What the application form of a round asks: its sections, extra questions, papers, and who may apply. Data of the
round, set up by staff and frozen when the call opens."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.machine.actors import Stamped
from common.machine.triggers import Trigger, append_only, triggers
from rounds import eligibility_kinds, question_kinds
from rounds.eligibility_kinds.kind import EligibilityKind
from rounds.models.round import Round
from rounds.question_kinds.kind import QuestionKind


class FormSection(models.Model):
    """A section of the form. The built-in ones have fields of their own; every section may ask extra questions.

    A round without rows has the plain form: basic facts, the plan, the budget.
    """

    class Slug(models.TextChoices):
        """Built-in sections in their usual order; any other slug is a section of questions only."""

        BASIC = "basic", _("Basic facts")
        TEAM = "team", _("Team")
        NARRATIVE = "narrative", _("The plan")
        INDICATORS = "indicators", _("Indicators")
        SCHEDULE = "schedule", _("Schedule")
        BUDGET = "budget", _("Budget")
        FILES = "files", _("Attachments")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="form_sections")
    slug = models.SlugField(max_length=20)
    title = models.CharField(_("Title of the section"), max_length=40, blank=True)
    guidance = models.TextField(_("Guidance for applicants"), max_length=1000, blank=True)
    ordinal = models.PositiveSmallIntegerField()
    required = models.BooleanField(_("At least one row is required"), default=False)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "slug"], name="section_once_per_round")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.title or str(dict(self.Slug.choices).get(self.slug, self.slug))


class Question(models.Model):
    """An extra question of a round (自定义问题), asked always or only after a certain answer."""

    section = models.ForeignKey(FormSection, on_delete=models.CASCADE, related_name="questions")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind of answer"), max_length=10, choices=question_kinds.choices)
    label = models.CharField(_("Question"), max_length=120)
    help_text = models.CharField(_("Hint"), max_length=200, blank=True)
    required = models.BooleanField(_("Must be answered"), default=False)
    options = models.JSONField(_("Options"), default=list, blank=True)  # list of texts
    max_length = models.PositiveIntegerField(_("Characters at most"), null=True, blank=True)
    asked_if = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("Asked only if")
    )
    asked_if_value = models.CharField(_("is answered with"), max_length=120, blank=True)  # an option, or yes / no

    class Meta:
        ordering = ["section__ordinal", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["section", "ordinal"], name="question_place")]

    def __str__(self) -> str:
        return self.label

    @property
    def of_kind(self) -> QuestionKind:
        return question_kinds.KINDS[self.kind]

    @property
    def condition_said(self) -> str:
        """The answer after which it is asked."""
        return self.asked_if.of_kind.said(self.asked_if_value) if self.asked_if else ""


class AttachmentRule(models.Model):
    """A paper that the round asks for (登记证书, 年检, 评估证书 …)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="attachment_rules")
    ordinal = models.PositiveSmallIntegerField()
    label = models.CharField(_("Paper"), max_length=60)
    help_text = models.CharField(_("Hint"), max_length=200, blank=True)
    required = models.BooleanField(_("Must be attached"), default=False)
    max_files = models.PositiveSmallIntegerField(_("Files at most"), default=3)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="attachment_rule_place")]

    def __str__(self) -> str:
        return self.label


class EligibilityRule(models.Model):
    """Who may apply, declared: a kind of rule, what it takes, and what it does. Evaluated in `ventures.eligibility`.

    Rules stand in groups: one that may stand for the rule above it is in the same group. Every group has to be met; of a
    group any one rule is enough.
    """

    class Joined(models.TextChoices):
        ALSO = "also", _("Needed as well")
        OR = "or", _("Or the rule above")

    class Effect(models.TextChoices):
        BLOCK = "block", _("Stops the submission")
        SHOW = "show", _("Is shown in the screening")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="eligibility_rules")
    ordinal = models.PositiveSmallIntegerField()
    joined = models.CharField(_("All or one of"), max_length=4, choices=Joined.choices, default=Joined.ALSO)
    kind = models.CharField(_("Rule"), max_length=20, choices=eligibility_kinds.choices)
    number = models.PositiveSmallIntegerField(_("Number"), null=True, blank=True)
    options = models.JSONField(default=list, blank=True)  # keys of its kind's options
    words = models.CharField(max_length=120, blank=True)  # what its kind reads from it: years, a paper
    effect = models.CharField(
        _("Effect"), max_length=5, choices=Effect.choices, default=Effect.SHOW
    )  # of the group: its first

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="eligibility_rule_place")]

    def __str__(self) -> str:
        return self.of_kind.said(self)

    @property
    def of_kind(self) -> EligibilityKind:
        return eligibility_kinds.KINDS[self.kind]

    @property
    def blocks(self) -> bool:
        return self.effect == self.Effect.BLOCK


class Amendment(Stamped):
    """A published change of a round's rules after the call has opened. Written once."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="amendments")
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField(_("What changes, and why"), max_length=1000)
    changes = models.JSONField(default=list)  # [{"label": …, "before": …, "after": …}], as published
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["round", "ordinal"], name="amendment_place")]

    def __str__(self) -> str:
        return f"{self.round} · {self.ordinal}"


@triggers
def amendments_are_append_only() -> list[Trigger]:
    return append_only(Amendment)
