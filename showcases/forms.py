"""Forms of the room: thin, the rules are in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.site.comparing import ComparedForm
from common.site.fields import MomentField, WholeNumberField
from common.site.forms import PageForm, RowsField, reason_field
from rounds.models import Round
from showcases.actions import EXHIBITABLE
from showcases.models import Event, Exhibit
from ventures.models import Venture


class RoundChoice(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


def moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return MomentField(label=label, widget=widget)


class ChangeForm(PageForm):
    """What everybody reads of an event."""

    name = forms.CharField(label=_("Name of the event"), max_length=120)
    starts_at = moment(_("Starts"))
    ends_at = moment(_("Ends"))
    venue = forms.CharField(label=_("Venue"), max_length=120)
    introduction = forms.CharField(label=_("Introduction"), required=False, widget=forms.Textarea, max_length=2000)


class EditForm(ComparedForm, ChangeForm):
    """The same over an event that is planned."""


class CancelForm(PageForm):
    reason = reason_field(
        _("Reason of the cancellation"), _("Say why the event does not take place."), rows=2, max_length=200
    )


class EventForm(ChangeForm):
    shows = RoundChoice(
        label=_("Rounds shown"),
        queryset=Round.objects.public().select_related("series"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    launches = RoundChoice(
        label=_("Rounds launched"),
        queryset=Round.objects.filter(state="preparing").select_related("series"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A label with nothing below it says nothing.
        for name, nothing in (
            ("shows", _("No round has been published yet.")),
            ("launches", _("No round is in preparation.")),
        ):
            field: Any = self.fields[name]
            if not field.queryset.exists():
                field.help_text = nothing


class ExhibitForm(PageForm):
    venture = forms.ModelChoiceField(label=_("Venture"), queryset=Venture.objects.none())
    form = forms.ChoiceField(label=_("Form"), choices=Exhibit.Form.choices)
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=240, initial=5)
    presenter = forms.CharField(label=_("Presenter (role)"), max_length=60, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ventures: Any = self.fields["venture"]
        ventures.queryset = Venture.objects.filter(round__in=event.shows.all(), state__in=EXHIBITABLE).exclude(
            exhibits__event=event
        )


class ProgrammeForm(PageForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=240, initial=5)
    presenter = forms.CharField(label=_("Presenter (role)"), max_length=60, required=False)
    venture = forms.ModelChoiceField(label=_("Venture"), queryset=Venture.objects.none(), required=False)
    launches = forms.ModelChoiceField(label=_("Round launched"), queryset=Round.objects.none(), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ventures: Any = self.fields["venture"]
        ventures.queryset = Venture.objects.filter(exhibits__event=event)
        rounds: Any = self.fields["launches"]
        rounds.queryset = event.launches.all()
