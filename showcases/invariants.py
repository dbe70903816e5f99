"""Laws of the showcase."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.invariants import Violations, invariant
from showcases.models import Event, Exhibit
from ventures.models import Venture
from ventures.states import State


@invariant(gettext_lazy("What counts as shown was on show at an event that was held, or is excused with a reason"))
def what_counts_as_shown_was_on_show() -> Violations:
    """HC2020-001 stood on a board at 首届红色创投成果展 on 2020-12-07, which was held. HC2020-009 was excused: 疫情期间不办展."""
    shown = Exists(Exhibit.objects.filter(venture=OuterRef("pk"), event__held_at__isnull=False))
    after = Venture.objects.filter(state__in=[State.SHOWN, State.CLOSED])
    for venture in after.filter(~Q(shown), showcase_waived="").iterator():
        yield venture, _("it is “%(state)s”, and was at no event that was held.") % {
            "state": venture.get_state_display(),
        }  # fmt: skip


@invariant(gettext_lazy("An event is held once it has begun, and then it is public"))
def an_event_is_held_once_it_has_begun() -> Violations:
    """It begins at 14:00 on 2020-12-07 and is recorded as held at 16:30; from then on everybody may read of it."""
    for event in Event.objects.exclude(held_at=None).filter(Q(held_at__lt=F("starts_at")) | Q(is_public=False)):
        yield event, _("it begins at %(starts)s and was held at %(held)s; announced: %(public)s.") % {
            "starts": event.starts_at, "held": event.held_at, "public": event.is_public,
        }  # fmt: skip


@invariant(gettext_lazy("An event shows ventures of the rounds that it shows"))
def an_event_shows_ventures_of_its_rounds() -> Violations:
    """首届红色创投成果展 shows the round 首届红色创投, so its ten ventures are on it and none of 第四届公益创投."""
    shows = Event.shows.through.objects.filter(event=OuterRef("event"), round=OuterRef("venture__round"))
    for exhibit in Exhibit.objects.filter(~Exists(shows)).select_related("event", "venture").iterator():
        yield exhibit.event, _("it does not show the round of %(venture)s.") % {"venture": exhibit.venture}
