from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import Invalid
from common.text import clean
from rounds.cards.card import Card
from rounds.cards.table import LONGEST_LIST, Rows, Table, check_fields, check_length
from rounds.models import FormSection, Question, Round

ALWAYS_ON = (FormSection.Slug.BASIC, FormSection.Slug.NARRATIVE, FormSection.Slug.BUDGET)


class SectionTable(Table):
    """Sections keep their rows, because questions hang on them. A section without a slug is a new one of questions only."""

    def replace(self, round_: Round, rows: Rows) -> None:
        check_length(rows)
        there = {s.slug: s for s in round_.form_sections.prefetch_related("questions")}
        kept = [str(row["slug"]) for row in rows]
        for needed in ALWAYS_ON:
            if needed not in kept:
                raise Invalid(_("The section “%(section)s” can not be left out.") % {"section": needed.label})
        for slug, section in there.items():
            if slug not in kept:
                if n := len(section.questions.all()):
                    raise Invalid(
                        ngettext(
                            "“%(section)s” has %(n)s question. Move or remove it first.",
                            "“%(section)s” has %(n)s questions. Move or remove them first.",
                            n,
                        )
                        % {"section": section.label, "n": n}
                    )
                section.delete()
        free = (f"own-{n}" for n in range(1, LONGEST_LIST * 2) if f"own-{n}" not in there)
        for n, given in enumerate(rows, 1):
            slug = str(given["slug"]) or next(free)
            section = there.get(slug) or FormSection(round=round_, slug=slug)
            section.title, section.guidance = clean(given.get("title", "")), clean(given.get("guidance", ""))
            section.required, section.ordinal = bool(given.get("required")), n
            check_fields(section, exclude=("round",), prefix=f"row-{n}-")
            if slug not in FormSection.Slug.values and not section.title:
                raise Invalid({f"row-{n}-title": [_("A section of your own needs a title.")]})
            section.save()

    def copy(self, source: Round, new: Round) -> None:
        """With their questions; conditions point to the copies."""
        copies: dict[int, Question] = {}
        conditions: list[tuple[Question, int]] = []
        for section in source.form_sections.prefetch_related("questions"):
            there = FormSection.objects.create(round=new, ordinal=section.ordinal, **_values(section, self.columns))
            for question in section.questions.all():
                copies[question.pk] = Question.objects.create(section=there, **_values(question, COPIED))
                if question.asked_if_id:
                    conditions.append((copies[question.pk], question.asked_if_id))
        for question, condition in conditions:
            question.asked_if = copies[condition]
            question.save(update_fields=["asked_if"])


COPIED = ("ordinal", "kind", "label", "help_text", "required", "options", "max_length", "asked_if_value")


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


class Sections(Card):
    """The sections of the application form."""

    slug, place = "sections", 60
    label = gettext_lazy("Sections of the form")
    statement = gettext_lazy("The sections of the form are in order")
    tables = (
        SectionTable(
            "form_sections", ("slug", "title", "guidance", "required"), gettext_lazy("Sections of the form"), once="slug",
            reads="form_sections__questions",
        ),
    )  # fmt: skip

    def check(self, round_: Round) -> Iterable[str]:
        rows = list(round_.form_sections.all())
        there = {s.slug for s in rows}
        for slug in ALWAYS_ON if rows else ():
            if slug not in there:
                yield _("The section “%(section)s” can not be left out.") % {"section": slug.label}
        for section in rows:
            if section.slug not in FormSection.Slug.values and not section.questions.all():
                yield _("The section “%(section)s” has no question yet.") % {"section": section.label}

    def advice(self, round_: Round) -> Iterable[str]:
        if not round_.form_sections.all():
            yield _("Nothing is chosen: applicants get the plain form (facts, plan, budget).")


CARD = Sections()
