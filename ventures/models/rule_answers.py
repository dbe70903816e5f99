from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.clock import now
from common.machine.actors import Stamped
from common.wording import labelled
from rounds.models import EligibilityRule
from ventures.models.venture import Venture

LONGEST_WORD = 200


class RuleAnswer(Stamped):
    """A group of rules on who may apply, as a line of the screening's checklist: what the system found when the
    application was handed in, and what was decided. `by` is the system until a clerk confirms or overrides it.

    `rule` is the first of the group; `label` says the group as it was asked.
    """

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="rule_answers")
    rule = models.ForeignKey(EligibilityRule, on_delete=models.PROTECT, related_name="+")
    label = models.TextField()
    found = models.BooleanField(null=True)  # None: not known
    evidence = models.TextField(blank=True)
    found_on = models.DateField()
    met = models.BooleanField(null=True)
    word = models.CharField(_("Why it is decided otherwise"), max_length=LONGEST_WORD, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["rule__ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["venture", "rule"], name="rule_answer_once"),
            models.CheckConstraint(
                condition=~Q(word="") | Q(met=None) | Q(met=False, found=None) | Q(met=True, found=True)
                | Q(met=False, found=False),
                name="decided_otherwise_with_a_word",
                violation_error_message=_("What is decided otherwise than the system found needs a word."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return labelled(self.label, self.met)


def needs_word(found: bool | None, met: bool) -> bool:
    """Whether a decision says otherwise than what was found: what is not known is met by somebody's word only."""
    return met is not found and (met or found is not None)
