"""Forms of the site: Tabler's classes, cleaned text, Chinese-friendly widgets."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.site.fields import DayField, EmailField, MomentField, NumberField, WholeNumberField
from common.site.paging import row_number
from common.text import clean


class Renderer(TemplatesSetting):
    """Field rows from common/templates/common/field.html."""

    field_template_name = "common/field.html"


FIRST_YEAR, LAST_YEAR = 1900, 2099


def a_day_of_ours(day: date) -> None:
    """Not the ends of the calendar, which no time zone, sum of minutes or next day can be computed from."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("The year %(year)s is not between %(first)s and %(last)s.")
            % {"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )


def word_the_empty_choice(field: forms.Field) -> None:
    """Where Django draws dashes, it is said what to do. A form that means more by it ("all") says so itself afterwards."""
    if not isinstance(field, forms.ChoiceField):
        return
    said = _("Please choose") if field.required else _("(left open)")
    dashes = BLANK_CHOICE_DASH[0][1]
    choices: Any = field.choices
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = said if field.empty_label == dashes else field.empty_label
    elif any(label == dashes for _value, label in choices):
        field.choices = [(value, said if label == dashes else label) for value, label in choices]


class PageForm(forms.Form):
    """Mixin and base of every form: `{{ form.title.as_field_group }}` renders a labelled row with help and errors."""

    error_status = 422
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field.widget)
            word_the_empty_choice(field)
            if isinstance(field, forms.DateField | forms.DateTimeField):
                field.validators.append(a_day_of_ours)

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)
        cleaned = {name: clean(value) if isinstance(value, str) else value for name, value in given.items()}
        for name, value in given.items():
            # Characters that nobody sees are not what was asked for.
            if value and not cleaned[name] and isinstance(value, str) and self.fields[name].required:
                self.add_error(name, self.fields[name].error_messages["required"])
                del cleaned[name]
        return cleaned


def reason_field(
    label: Any,
    missing: Any,
    *,
    rows: int = 4,
    help_text: Any = "",
    max_length: int = 1000,
    validators: Sequence[Callable[[Any], None]] = (),
) -> forms.CharField:
    """A text that has to be given; `missing` is said when it is not."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        help_text=help_text,
        validators=validators,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReversalForm(PageForm):
    """Why an entry of a record is taken back by a counter-entry."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong"), max_length=120, help_text=gettext_lazy("It stands beside both entries.")
    )


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows. Django's own guards a single key against numbers beyond the column, but not a list of them."""

    def clean(self, value: Any) -> Any:
        for pk in value or ():
            if row_number(str(pk)) is None:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": str(pk)[:40]})
        return super().clean(value)


# What stands in a form for a column, so that it reads what people write.
FIELD_OF_COLUMN: tuple[tuple[type[Any], type[forms.Field]], ...] = (
    (models.DateTimeField, MomentField),
    (models.DateField, DayField),
    (models.EmailField, EmailField),
    (models.DecimalField, NumberField),
    (models.IntegerField, WholeNumberField),
)


def field_for(column: Any, **kwargs: Any) -> Any:
    ours = next((field for kind, field in FIELD_OF_COLUMN if isinstance(column, kind)), None)
    return column.formfield(**({"form_class": ours} if ours else {}) | kwargs)


class PageModelFormType(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        if (meta := attrs.get("Meta")) is not None:
            meta.formfield_callback = staticmethod(field_for)
        return super().__new__(mcs, name, bases, attrs)


class PageModelForm(PageForm, forms.ModelForm, metaclass=PageModelFormType):  # type: ignore[misc, type-arg]
    """The same over a model."""


def style(widget: forms.Widget) -> None:
    """Tabler's class for the kind of widget."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select):
        widget.attrs.setdefault("class", "form-select")
    elif not isinstance(widget, forms.HiddenInput):
        widget.attrs.setdefault("class", "form-control")
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("rows", 5)
    if isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    if isinstance(widget, forms.NumberInput):
        widget.attrs.setdefault("inputmode", "decimal")
