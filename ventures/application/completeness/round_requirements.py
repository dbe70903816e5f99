"""What the round asks beside facts, narrative and budget: rows of tables, extra questions, papers, the stamped form; and
that the form can be printed at all."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import pdf
from ventures.application.content import ApplicationContent, shown
from ventures.application.content.fields import Form, Kind, is_asked
from ventures.application.content.values import is_empty

Missing = dict[str, list[str]]

FILL_IN = gettext_lazy("Please fill in “%(field)s”.")


def tables(content: ApplicationContent, form: Form, found: Missing) -> None:
    """Team, indicators and schedule: a row where the round requires one, and each row complete."""
    for slug, check in (("team", _team), ("indicators", _indicators), ("schedule", _schedule)):
        section = form.section(slug)
        if section is None:
            continue
        n = check(content, found)
        if section.required and not n:
            found[slug].append(_("“%(section)s” needs at least one row.") % {"section": section.label})


def _team(content: ApplicationContent, found: Missing) -> int:
    rows = content.rows("team")
    for row in rows:
        if not row.name:
            found["team"].append(_("Row %(n)s: please fill in “%(field)s”.") % _of(row, "name"))
    return len(rows)


def _indicators(content: ApplicationContent, found: Missing) -> int:
    rows = content.rows("indicators")
    for row in rows:
        for name in ("label", "target"):
            if not getattr(row, name):
                found["indicators"].append(_("Row %(n)s: please fill in “%(field)s”.") % _of(row, name))
    return len(rows)


def _schedule(content: ApplicationContent, found: Missing) -> int:
    venture, rows = content.venture, content.rows("schedule")
    for row in rows:
        for name in ("starts_on", "activity"):
            if not getattr(row, name):
                found["schedule"].append(_("Row %(n)s: please fill in “%(field)s”.") % _of(row, name))
        if row.starts_on is None:  # then it has no end either
            continue
        if row.ends_on < row.starts_on:
            found["schedule"].append(
                _("Row %(n)s: the end (%(end)s) is before the start (%(start)s).")
                % {"n": row.ordinal, "end": row.ends_on, "start": row.starts_on}
            )
        if (
            venture.starts_on
            and venture.ends_on
            and (row.starts_on < venture.starts_on or row.ends_on > venture.ends_on)
        ):
            found["schedule"].append(
                _("Row %(n)s: %(start)s to %(end)s is not inside the venture's period (%(from)s to %(until)s).")
                % {
                    "n": row.ordinal, "start": row.starts_on, "end": row.ends_on, "from": venture.starts_on,
                    "until": venture.ends_on,
                }
            )  # fmt: skip
    return len(rows)


def _of(row: Any, name: str) -> dict[str, Any]:
    return {"n": row.ordinal, "field": row._meta.get_field(name).verbose_name}


def answers(content: ApplicationContent, form: Form, found: Missing) -> None:
    """Extra questions: answered where required and asked, within their limits."""
    given = content.answers if any(f.question for f in form) else {}
    for f in form:
        q = f.question
        if q is None or not is_asked(q, given):
            continue
        value = given.get(q.pk)
        if q.required and is_empty(value):
            found[f.path].append(FILL_IN % {"field": q.label})
        if refused := list(q.of_kind.refused(q, value)):
            found[f.path] += refused


def papers(content: ApplicationContent, form: Form, found: Missing) -> None:
    """Attachments that the round requires, and the stamped form."""
    rules = [f.rule for f in form if f.rule is not None]
    attached = {a.rule_id for a in content.attachments} if rules else set()
    for rule in rules:
        if rule.required and rule.pk not in attached:
            found[f"paper{rule.pk}"].append(_("Please attach “%(paper)s”.") % {"paper": rule.label})
    venture = content.venture
    if venture.round.stamp_required and content.stamp is None:
        found["stamp"].append(
            _("The form was changed after it was stamped: print, stamp and upload this version.")
            if venture.stamped_scans.exists()
            else _("Please print the form, have it signed and stamped, and upload the scan.")
        )


def unprintable(content: ApplicationContent, form: Form, found: Missing) -> None:
    """Signs that no type prints (emoji …): the paper that is stamped says what the page says. A rare 汉字 is let
    through, its place on the paper is filled in by hand."""
    fields = [f for f in form if f.kind is not Kind.FILES]
    values = content.values(form, [f.path for f in fields])
    for f in fields:
        lacking = [c for c in pdf.unprintable(shown(f, values[f.path])) if not pdf.is_hanzi(c)]
        if lacking:
            found[f.path].append(
                _("“%(field)s”: %(signs)s can not be printed on the form. Please take them out.")
                % {"field": f.label, "signs": " ".join(lacking[:10])}
            )
