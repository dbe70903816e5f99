"""What the pages of an application ask: its steps, what is open in each, what may be changed, what the rules say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import deadlines
from common.money import yuan
from common.text import plain
from common.wording import labelled, listed
from organizations.models import Organization
from rounds.models import Round
from ventures.application.completeness import Missing, missing
from ventures.application.content import ApplicationContent, Form, form_of
from ventures.application.content.fields import NARRATIVE, Slug
from ventures.application.content.values import is_empty
from ventures.application.corrections import STAMP, open_correction
from ventures.models import Application, Pin, Venture
from ventures.states import NOT_HANDED_IN, State

PREVIEW = "preview"  # the last step, which is no section
_SUMS = {"total_budget", "requested", "self_raised"}  # told at the budget, whose sums they are


@dataclass(frozen=True)
class Point:
    """Something that is still open, and the field where it is settled."""

    path: str
    sentence: str


@dataclass(frozen=True)
class Step:
    """A step of the stepper: a section, or the preview."""

    slug: str
    label: Any
    points: list[Point] = field(default_factory=list)
    is_blank: bool = False  # nothing is written here, and nothing has to be
    returned: list[Point] = field(default_factory=list)  # what a correction asks here and is still as handed in

    @property
    def is_done(self) -> bool:
        return not self.points

    @property
    def is_ticked(self) -> bool:
        """What nobody has touched looks like nothing that was done."""
        return self.is_done and not self.is_preview and not self.is_blank and not self.returned

    @property
    def is_preview(self) -> bool:
        return self.slug == PREVIEW


def steps_of(venture: Venture, form: Form | None = None, found: Missing | None = None) -> list[Step]:
    """The steps with their open points, from the validators that also guard the submission."""
    form, content = form or form_of(venture.round), ApplicationContent(venture)
    if found is None:
        found = missing(content)
        values = content.values(form)
    else:
        values = {}
    steps = [Step(s.slug, s.label, is_blank=all(is_empty(values.get(f.path)) for f in s.fields)) for s in form.sections]
    last = Step(PREVIEW, _("Preview and submit"))
    by_slug = {s.slug: s for s in steps}
    for name, sentences in found.items():
        if name == "declared":  # ticked on the last step itself
            continue
        step = by_slug.get(_section_of(name, form), last)
        step.points.extend(Point(_path_of(name), sentence) for sentence in sentences)
    for pin in _unchanged(content, form):
        by_slug.get(_section_of(pin.path, form), last).returned.append(Point(pin.path, labelled(pin.label, pin.remark)))
    return [*steps, last]


def _unchanged(content: ApplicationContent, form: Form) -> list[Pin]:
    """Of a returned application: what its correction pins on the form and nobody has changed yet."""
    correction = open_correction(content.venture)
    if correction is None:
        return []
    returned = correction.submission
    was = {f["path"]: f["value"] for f in returned.content["fields"]}
    now = content.values(form, was)

    def is_unchanged(pin: Pin) -> bool:
        if pin.path == STAMP:
            return returned.stamped_scan_id == (content.stamp.pk if content.stamp else None)
        return pin.path in now and now[pin.path] == was[pin.path]  # the organization has a page of its own

    return [pin for pin in correction.pins.all() if is_unchanged(pin)]


def _section_of(name: str, form: Form) -> str:
    found = form.get(_path_of(name))
    return found.section if found else PREVIEW


def _path_of(name: str) -> str:
    return "budget" if name in _SUMS else name


def application_of(venture: Venture) -> Application:
    return ApplicationContent(venture).application


def is_offered_copy(venture: Venture, application: Application) -> bool:
    """Whether a draft is still without narrative while its organization has written others."""
    if venture.state != State.DRAFT or application.copied_from_id or any(getattr(application, w) for w in NARRATIVE):
        return False
    return Venture.objects.filter(organization=venture.organization_id).exclude(pk=venture.pk).exists()


def rules_of(round_: Round) -> list[str]:
    """The budget rules of a round in words."""
    said = [_("At most %(cap)s 元 from the grant per venture.") % {"cap": yuan(round_.cap)}]
    if round_.grant_tiers:
        amounts = listed(yuan(amount) for amount in round_.tiers)
        said.append(_("The grant asked for is one of these amounts: %(amounts)s 元.") % {"amounts": amounts})
    elif round_.min_grant:
        said.append(_("The grant asked for is at least %(least)s 元.") % {"least": yuan(round_.min_grant)})
    if round_.min_self_raised:
        said.append(_("At least %(p)s%% of the total budget is self-raised.") % {"p": plain(round_.min_self_raised)})
    return said + form_of(round_).budget.in_words


def deadline_of(round_: Round) -> str:
    return deadlines.told(round_.closes_at)


HINTS: Mapping[str, tuple[Any, ...]] = {
    Slug.BASIC: (
        gettext_lazy("One category only."),
        gettext_lazy("The phone is for the staff; it is never published."),
        gettext_lazy("People are counted once, attendance each time."),
    ),
    Slug.NARRATIVE: (
        gettext_lazy("Experts read this beside the score sheet: short sentences, facts, numbers."),
        gettext_lazy("No names of beneficiaries or party members."),
    ),
    Slug.TEAM: (gettext_lazy("Those who really do the work; no identity numbers."),),
    Slug.INDICATORS: (gettext_lazy("What can be counted at the end: visits, households, activities, satisfaction."),),
    Slug.SCHEDULE: (
        gettext_lazy("Inside the period of the venture; an activity of one day needs its first date only."),
    ),
}


def hints_of(slug: str) -> tuple[Any, ...]:
    return HINTS.get(slug, ())


@dataclass(frozen=True)
class Share:
    """How many an organization has handed in to a round, of how many."""

    organization: Organization
    submitted: int
    limit: int

    @property
    def is_full(self) -> bool:
        return self.submitted >= self.limit


def shares_of(round_: Round, organizations: Iterable[Organization]) -> list[Share]:
    """The limit per organization, told before anybody writes. One query."""
    counted = Q(ventures__round=round_) & ~Q(ventures__state__in=NOT_HANDED_IN)
    rows = Organization.objects.filter(pk__in=[o.pk for o in organizations]).order_by("pk")
    return [
        Share(o, o.submitted, round_.max_per_organization)  # type: ignore[attr-defined]
        for o in rows.annotate(submitted=Count("ventures", filter=counted))
    ]
