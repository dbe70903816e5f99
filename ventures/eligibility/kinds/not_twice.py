from collections.abc import Sequence

from django.utils.translation import gettext as _

from common.wording import clauses
from rounds.models import EligibilityRule
from ventures.eligibility.case import Case, Evaluation, Finding
from ventures.eligibility.duplicates import Match, matches
from ventures.models import Venture


class NotTwice(Evaluation):
    slug = "not_twice"
    needs_venture = True

    def finding(self, rule: EligibilityRule, case: Case) -> Finding:
        if case.venture is None:
            return Finding(
                rule.kind, None, str(rule), _("There is no application yet."), rule.blocks, on=case.on, rule_id=rule.pk
            )
        found = matches(case.venture)
        own = [m for m in found if m.venture.organization_id == case.organization.pk]
        told = [
            _("%(venture)s (%(round)s): %(why)s") % {"venture": m.venture, "round": m.venture.round, "why": m.why}
            for m in own
        ]
        if len(found) > len(own):
            told.append(
                _("%(percent)s%% the same as an application of another organization")
                % {"percent": max(m.percent for m in found if m not in own)}
            )
        evidence = clauses(told) or _nothing_alike()
        # A title alone stops nobody: a second year may have it. The desk looks at both.
        return Finding(rule.kind, not _any_alike(found), str(rule), evidence, rule.blocks, found, case.on, rule.pk)

    def unasked(self, venture: Venture) -> Finding:
        found = matches(venture)
        evidence = _nothing_alike()
        if found:
            evidence = _("%(n)s to look at; the most alike: %(why)s.") % {"n": len(found), "why": found[0].why}
        holds = False if _any_alike(found) else None if found else True
        label = _("The same content is not funded elsewhere")
        return Finding(self.slug, holds, label, evidence, blocks=False, matches=found)


def _any_alike(found: Sequence[Match]) -> bool:
    return any(m.is_alike for m in found)


def _nothing_alike() -> str:
    return _("Title, summary and goals were compared; nothing alike was found.")


EVALUATION = NotTwice()
