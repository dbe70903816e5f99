"""An extra question of a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.wording import listed
from rounds.forms.base_digest import BaseDigestForm
from rounds.forms.fields import LinesField, WholeField, label_of, taking
from rounds.models import FormSection, Question, Round
from rounds.question_kinds import KINDS, choices

TAKEN = ("options", "max_length")  # by some kinds only


def _takes(name: str) -> str:
    """Kinds of question that have this field, in words."""
    return listed(KINDS[slug].label for slug in taking(KINDS, name))


class QuestionForm(BaseDigestForm):
    """The condition is one choice: “question — answer”, so that no answer can be typed that does not exist."""

    section = forms.ModelChoiceField(
        FormSection.objects.none(), label=gettext_lazy("Section"), empty_label=None
    )  # fmt: skip
    label = forms.CharField(label=label_of("label", Question), max_length=120)
    kind = forms.ChoiceField(label=label_of("kind", Question), choices=choices)
    options = LinesField(
        label=label_of("options", Question),
        required=False,
        longest=60,
        most=30,
    )
    max_length = WholeField(
        label=label_of("max_length", Question),
        required=False,
        min_value=1,
        max_value=4000,
    )
    help_text = forms.CharField(label=label_of("help_text", Question), max_length=200, required=False)
    required = forms.BooleanField(label=label_of("required", Question), required=False)
    condition = forms.ChoiceField(
        label=gettext_lazy("Asked only if"),
        required=False,
        help_text=gettext_lazy("An answer to a question that comes before."),
    )

    def __init__(self, *args: Any, round: Round, before: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = round.form_sections.all()  # type: ignore[attr-defined]
        self.fields["options"].help_text = _("One in each line, at least two. For: %(kinds)s.") % {
            "kinds": _takes("options")
        }
        self.fields["max_length"].help_text = _("For: %(kinds)s.") % {"kinds": _takes("max_length")}
        said = _("“%(question)s” is answered “%(answer)s”")
        self.fields["condition"].choices = [  # type: ignore[attr-defined]
            ("", _("Always asked")),
            *(
                (f"{q.pk}:{a}", said % {"question": q.label, "answer": q.of_kind.said(a)})
                for q in before
                for a in q.of_kind.deciding(q)
            ),
        ]

    @property
    def only_for(self) -> dict[str, str]:
        """Field → the kinds of question that have it, for the page to put it away from the others."""
        return {name: " ".join(taking(KINDS, name)) for name in TAKEN}

    @staticmethod
    def shown(question: Question) -> dict[str, Any]:
        names = ("section", "label", "kind", "options", "max_length", "help_text", "required")
        condition = f"{question.asked_if_id}:{question.asked_if_value}" if question.asked_if_id else ""
        return {name: getattr(question, name) for name in names} | {"condition": condition}

    @property
    def facts(self) -> dict[str, Any]:
        names = ("label", "kind", "options", "max_length", "help_text", "required")
        asked_if, __, answer = self.cleaned_data["condition"].partition(":")
        return {name: self.cleaned_data[name] for name in names} | {
            "asked_if_id": int(asked_if) if asked_if else None,
            "asked_if_value": answer,
        }
