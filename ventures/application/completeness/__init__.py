"""What an application still lacks. One set of validators for "what is missing", for the gate and for the page."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventures.application.completeness.budget import budget
from ventures.application.completeness.round_requirements import answers, papers, tables, unprintable
from ventures.application.content import ApplicationContent, form_of
from ventures.application.content.fields import Slug
from ventures.models import Application, Venture

Missing = dict[str, list[str]]

REQUIRED_FACTS = ("title", "category", "place", "leader", "phone", "starts_on", "ends_on")
REQUIRED_NUMBERS = ("beneficiaries", "sessions_planned", "attendance_planned", "requested")
REQUIRED_NARRATIVE = ("summary", "needs", "goals", "plan", "sustainability", "outcomes")
FILL_IN = gettext_lazy("Please fill in “%(field)s”.")


def missing(content: ApplicationContent) -> Missing:
    """Path of a field (see `ventures.application.content`) → sentences that quote rule and number; {} when it may be submitted."""
    found: Missing = defaultdict(list)
    venture, application = content.venture, content.application
    form = form_of(venture.round)
    if form.section(Slug.BASIC):
        _facts(venture, found)
        _dates(venture, found)
    if form.section(Slug.NARRATIVE):
        _narrative(application, found)
    tables(content, form, found)
    answers(content, form, found)
    papers(content, form, found)
    unprintable(content, form, found)
    if form.section(Slug.BUDGET):
        budget(venture, content.rows("budget"), form.budget, found)
    if not application.declared:
        found["declared"].append(_("Please tick the declaration."))
    return dict(found)


def sentences(found: Missing) -> list[str]:
    return [sentence for field in found.values() for sentence in field]


def _facts(venture: Venture, found: Missing) -> None:
    for name in REQUIRED_FACTS + REQUIRED_NUMBERS:
        if not getattr(venture, name if name not in {"category", "place"} else f"{name}_id"):
            found[name].append(FILL_IN % {"field": Venture._meta.get_field(name).verbose_name})  # type: ignore[union-attr]


def _narrative(application: Application, found: Missing) -> None:
    for name in REQUIRED_NARRATIVE:
        if not getattr(application, name):
            found[name].append(FILL_IN % {"field": Application._meta.get_field(name).verbose_name})  # type: ignore[union-attr]
    for field in Application._meta.concrete_fields:
        limit, text = getattr(field, "max_length", None), getattr(application, field.attname)
        if limit and isinstance(text, str) and len(text) > limit:
            found[field.name].append(
                _("“%(field)s” has %(n)s characters; at most %(max)s.")
                % {"field": field.verbose_name, "n": len(text), "max": limit}
            )


def _dates(venture: Venture, found: Missing) -> None:
    if venture.starts_on and venture.ends_on and venture.ends_on <= venture.starts_on:
        found["ends_on"].append(
            _("The end (%(end)s) must be after the start (%(start)s).")
            % {"end": venture.ends_on, "start": venture.starts_on}
        )
