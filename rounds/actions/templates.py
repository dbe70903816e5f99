"""A new round from a template, and a template from a round."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.clock import now
from common.errors import Invalid, NotAllowed
from common.machine.actors import name_of
from common.models import record
from common.text import clean
from organizations.models import Platform
from rounds.actions.cards import save_card
from rounds.actions.making import create_round
from rounds.actions.questions import add_question
from rounds.cards.table import check_fields
from rounds.models import FormSection, Question, Round, RoundTemplate, Series
from rounds.round_format.library import Template
from rounds.round_format.reading import read
from rounds.round_format.writing import content_of


@transaction.atomic
def create_from_template(
    template: Template,
    *,
    by: Any,
    series: Series,
    city: str,
    platform: Platform,
    host: str,
    edition: int | None = None,
) -> Round:
    """A round in preparation with the rules of the template; its days are proposed and have to be checked.

    Raises NotAllowed, Invalid (the template can not be read, or the edition is there).
    """
    rules = read(template.content)
    round_ = create_round(by=by, series=series, city=city, platform=platform, host=host, edition=edition)
    for slug in rules.facts:
        tables = rules.tables.get(slug) or None
        save_card(round_, slug, by=by, facts=rules.facts[slug] or None, tables=tables)
    asked: dict[str, Question] = {}
    sections = {s.slug if s.slug in FormSection.Slug.values else s.title: s for s in round_.form_sections.all()}
    for given in rules.questions:
        if (section := sections.get(given["section"])) is None:
            said = {"question": given["label"], "section": given["section"]}
            raise Invalid(_("“%(question)s” stands in the section “%(section)s”, which is not there.") % said)
        earlier = asked.get(given.get("asked_if", ""))
        facts = {**given, "asked_if_id": earlier.pk if earlier else None}
        asked[given["label"]] = add_question(round_, by=by, section=section, facts=facts)
    # Whatever a card has settled: nobody has looked at these days yet.
    Round.objects.filter(pk=round_.pk).update(days_to_check=True)
    record(round_, "create_from_template", by=by, note=template.name)
    return Round.objects.get(pk=round_.pk)


@transaction.atomic
def save_as_template(round: Round, *, by: Any, name: str) -> RoundTemplate:
    """What the round decides, for rounds to come; its days, places and office stay with it.

    Raises NotAllowed; Invalid when the name is taken.
    """
    if not by.has_perm("rounds.set_up"):
        raise NotAllowed
    made = RoundTemplate(
        name=clean(name), place=round.city, year=round.year, source=round.title, content=content_of(round),
        saved_by_name=name_of(by), saved_at=now(),
    )  # fmt: skip
    check_fields(made)
    if RoundTemplate.objects.filter(name=made.name).exists():
        raise Invalid({"name": [_("“%(value)s” is there already.") % {"value": made.name}]})
    made.save()
    record(round, "save_as_template", by=by, note=made.name)
    return made


@transaction.atomic
def delete_template(template: RoundTemplate, *, by: Any) -> None:
    """Rounds that were made from it keep what they have."""
    if not by.has_perm("rounds.set_up"):
        raise NotAllowed
    record(template, "delete_template", by=by, note=template.name)
    template.delete()
