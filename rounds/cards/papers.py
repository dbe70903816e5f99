from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rounds.cards.card import Card
from rounds.cards.table import Table
from rounds.models import FormSection, Round


class Papers(Card):
    """Papers to attach, the stamped form, and whether applications stay sealed."""

    slug, place = "papers", 80
    label = gettext_lazy("Papers and stamp")
    statement = gettext_lazy("The papers can be attached")
    facts = ("stamp_required", "sealed")
    tables = (
        Table("attachment_rules", ("label", "help_text", "required", "max_files"), gettext_lazy("Papers to attach")),
    )

    def check(self, round_: Round) -> Iterable[str]:
        asked_for = bool(round_.attachment_rules.all())
        has_section = any(s.slug == FormSection.Slug.FILES for s in round_.form_sections.all())
        section = {"section": FormSection.Slug.FILES.label}
        if asked_for and not has_section:
            yield _("Papers are asked for, but the section “%(section)s” of the form is off.") % section
        if has_section and not asked_for:
            yield _("The section “%(section)s” is on, but no paper is asked for.") % section


CARD = Papers()
