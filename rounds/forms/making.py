"""New series, new round, copy of a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.site.forms import PageForm
from organizations.models import Platform, Tier
from rounds.forms.fields import WholeField, label_of
from rounds.models import Round, RoundTemplate, Series
from rounds.models.naming import LONGEST_TITLE


class SeriesForm(PageForm):
    code = forms.CharField(
        label=gettext_lazy("Prefix of venture numbers"), max_length=4, help_text=gettext_lazy("One to four letters, like HC.")
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name of the series"), max_length=40)


class NewRoundForm(PageForm):
    series = forms.ModelChoiceField(Series.objects.none(), label=gettext_lazy("Series"), empty_label=None)
    edition = WholeField(
        label=label_of("edition"),
        min_value=1,
        max_value=9999,
        required=False,
        help_text=gettext_lazy("Empty: the one after the last."),
    )
    city = forms.CharField(label=gettext_lazy("City of the round"), max_length=20)
    platform = forms.ModelChoiceField(Platform.objects.none(), label=label_of("platform"), empty_label=None)
    host = forms.CharField(label=label_of("host"), max_length=80)

    def __init__(self, *args: Any, editions: list[tuple[Series, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        series: Any = self.fields["series"]
        series.queryset = Series.objects.all()
        next_of = {s.pk: n for s, n in editions}
        series.label_from_instance = lambda s: (
            _("%(series)s (next: edition %(n)s)")
            % {
                "series": s.name,
                "n": next_of.get(s.pk, 1),
            }
        )
        self.fields["platform"].queryset = Platform.objects.filter(tier=Tier.CITY)  # type: ignore[attr-defined]


class CopyForm(PageForm):
    edition = WholeField(label=label_of("edition"), min_value=1, max_value=9999)
    own_title = forms.CharField(
        label=label_of("own_title"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Empty: city, edition or year, and series."),
    )
    is_demo = forms.BooleanField(
        label=label_of("is_demo"),
        required=False,
        help_text=gettext_lazy("Untick it to make a real round of it."),
    )

    def __init__(self, *args: Any, source: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not source.is_demo:
            del self.fields["is_demo"]


class TemplateForm(PageForm):
    name = forms.CharField(
        label=label_of("name", RoundTemplate),
        max_length=60,
        help_text=gettext_lazy("Its rules, form and questions are kept; days, places and the office are not."),
    )
