import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from common.normal_forms import unit_name
from common.wording import clauses, labelled
from organizations.models import Organization
from rounds.models import EligibilityRule, Round
from ventures.eligibility.case import Answer, Case, Evaluation

_SEPARATORS = re.compile(r"[、,，;；\n]+")


def runners(round_: Round) -> Iterator[tuple[str, str]]:
    """(part, name of a body) as the round says them."""
    for field in ("host", "organizer", "co_organizer"):
        label = str(Round._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        yield from ((label, name) for name in _names(getattr(round_, field)))
    runs = _("Runs the platform %(platform)s") % {"platform": round_.platform}
    yield from ((runs, name) for name in _names(round_.platform.operator))


def _names(text: str) -> list[str]:
    return [name.strip() for name in _SEPARATORS.split(text) if name.strip()]


class NotRunner(Evaluation):
    """By name, and by people: who operates the round's platform does not apply in the name of a unit of theirs."""

    slug = "not_runner"

    def answer(self, rule: EligibilityRule, case: Case) -> Answer:
        names = {unit_name(s.name): s.name for s in case.all}
        found = [labelled(part, name) for part, name in runners(case.round) if unit_name(name) in names]
        units = Organization.objects.filter(pk__in=[s.organization for s in case.all])
        shared = units.filter(memberships__user__platforms=case.round.platform_id).order_by("pk").distinct()
        found += [
            _("Somebody of %(unit)s operates %(platform)s.") % {"unit": unit, "platform": case.round.platform}
            for unit in shared
        ]
        return not found, clauses(found) or _("It is none of the bodies that run the round.")


EVALUATION = NotRunner()
