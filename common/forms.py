"""Forms of the site: Tabler's classes, cleaned text, Chinese-friendly widgets."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from common.text import clean


class Renderer(TemplatesSetting):
    """Field rows from common/templates/common/field.html."""

    field_template_name = "common/field.html"


class PageForm(forms.Form):
    """Mixin and base of every form: `{{ form.title.as_field_group }}` renders a labelled row with help and errors."""

    error_status = 422
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field.widget)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {name: clean(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class PageModelForm(PageForm, forms.ModelForm):  # type: ignore[misc, type-arg]
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
