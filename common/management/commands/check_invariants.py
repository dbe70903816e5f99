"""`manage.py check_invariants`: are the laws of the data kept?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.invariants import Finding, Invariant, check, laws


class Command(BaseCommand):
    help = "Ask whether the laws of the data are kept; ends with 1 when one is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="these laws only")
        parser.add_argument("--room", action="append", default=[], help="the laws of this room only")
        parser.add_argument("--explain", action="store_true", help="say each law with its worked example, ask nothing")
        parser.add_argument("--json", action="store_true", help="one object per law")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = laws(options["names"], rooms=options["room"])
        except KeyError as e:
            raise CommandError(_("There is no law of the name %(name)s.") % {"name": e}) from None
        if not asked:
            raise CommandError(_("There is no law in %(rooms)s.") % {"rooms": ", ".join(options["room"])})
        if options["explain"]:
            for law in asked:
                self._explain(law)
            return
        broken = 0
        for finding in check(asked):
            self.stdout.write(json.dumps(as_json(finding), ensure_ascii=False) if options["json"] else _line(finding))
            broken += finding.is_broken
        if broken:
            raise CommandError(ngettext("%(n)s law is broken.", "%(n)s laws are broken.", broken) % {"n": broken})

    def _explain(self, law: Invariant) -> None:
        example = "\n".join(f"    {line}" for line in law.example.splitlines())
        self.stdout.write(f"{law.room} · {law.name}\n  {law.law}\n{example}\n")


def as_json(finding: Finding) -> dict[str, Any]:
    return {
        "room": finding.law.room,
        "name": finding.law.name,
        "law": str(finding.law.law),
        "warns": finding.law.warns,
        "count": finding.count,
        "told": finding.told,
    }


def _line(finding: Finding) -> str:
    """`✓ funding · tranches_add_up_to_the_award`, or ✗ (! for what only warns) with the number and the first few."""
    mark = "✗" if finding.is_broken else "!" if finding.count else "✓"
    lines = [f"{mark} {finding.law.room} · {finding.law.name}"]
    if finding.count:
        lines[0] += f": {finding.count}"
        lines += [f"    {told}" for told in finding.told]
    if finding.more > 0:
        lines.append("    " + _("… and %(n)s more") % {"n": finding.more})
    return "\n".join(lines)
