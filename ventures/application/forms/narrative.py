"""Fields of the narrative, with counters. Too long is kept and told; it is no reason to lose a paragraph."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ventures.models import Application

LONG = 2000  # characters; from here on the box is taller

HELP = {
    "summary": gettext_lazy("For whom, what, where, how often; this is what everybody reads first."),
    "needs": gettext_lazy("Who lacks what, and how do you know it? Numbers from visits or surveys help."),
    "goals": gettext_lazy("What will be different at the end, in numbers that can be checked."),
    "plan": gettext_lazy("Activities month by month: when, what, where, how many times, who is responsible."),
    "risks": gettext_lazy("What may go wrong, and what you do then."),
    "party_building": gettext_lazy("How the party organization leads and its members help. No names of members."),
}


def narrative_field(name: str) -> forms.Field:
    column: Any = Application._meta.get_field(name)
    return paragraph(column.verbose_name, HELP.get(name, ""), column.max_length)


def paragraph(label: Any, help_text: Any, at_most: int | None) -> forms.Field:
    """A box for sentences. `at_most` characters are counted beside it, not enforced."""
    attrs: dict[str, Any] = {"class": "form-control", "rows": 10 if (at_most or 0) > LONG else 5}
    if at_most:
        attrs["data-counted"] = at_most
    return forms.CharField(label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs=attrs))
