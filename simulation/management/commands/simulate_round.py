import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.errors import DomainError
from common.wording import listed
from rounds.round_format import library
from rounds.round_format.library import Template
from simulation import chance, outcome, reference, workbooks
from simulation.already_played import already_played
from simulation.laws import require_laws
from simulation.play import Played, play
from simulation.rounds import holds_real_rounds
from simulation.show import show_outcome
from simulation.spec import read
from simulation.story import SimulationError, Story


class Command(BaseCommand):
    help = "Play rounds from call to closure through the public doors: one from a file, or any number from a seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--spec", type=Path, help="a round in YAML, like fixtures/pinghu_2020.yaml")
        parser.add_argument("--template", help="with --ventures: a round with the rules of a template, like zibo-2020")
        parser.add_argument("--ventures", type=int, help="how many ventures, in rounds of at most 40")
        parser.add_argument("--reviewers", type=int, default=7, help="how many experts the panels are drawn from")
        parser.add_argument("--seed", type=int, default=1, help="same seed, same result")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the outcome here")
        parser.add_argument("--out", type=Path, help="folder for the workbooks")

    def handle(self, *args: Any, **options: Any) -> None:
        spec, count = options["spec"], options["ventures"]
        if (spec is None) == (count is None):
            raise CommandError(_("Give either --spec FILE or --ventures N."))
        template = self._template(options["template"]) if options["template"] else None
        base = Path(settings.BASE_DIR)
        # Without the time of day and without a random name: the same seed writes the same paths.
        own = "" if spec is not None else f"seed-{options['seed']}-{count}x{options['reviewers']}"
        if template is not None:
            own = f"{template.key}-{own}"
        folder = Path(options["out"] or base / "out" / own)
        if options["json"]:
            Path(options["json"]).parent.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        try:
            reference.load()
            story = (
                read(Path(spec))
                if spec is not None
                else chance.story(count, options["reviewers"], options["seed"], template)
            )
            played = self._already_played(story) or play(story, self._tell)
            paths = workbooks.make(
                played.rounds, by=played.manager, as_of=story.reported_on, folder=folder, plain_names=spec is None
            )
            require_laws()
        except (SimulationError, DomainError) as e:
            raise CommandError(str(e)) from e
        result = outcome.outcome(played, paths, base, time.monotonic() - started)
        if options["json"]:
            text = json.dumps(result, ensure_ascii=False, indent=2)
            Path(options["json"]).write_text(text + "\n", encoding="utf-8")
        self._report(played, result)

    def _template(self, key: str) -> Template:
        if (found := library.template(key)) is None:
            known = listed(t.key for t in library.templates())
            raise CommandError(
                _("There is no template “%(key)s”; there are: %(known)s.") % {"key": key, "known": known}
            )
        return found

    def _already_played(self, story: Story) -> Played | None:
        """No well-known passwords beside real rounds; and what is there already is told, not played again."""
        if story.password and holds_real_rounds():
            raise CommandError(_("This database holds rounds that are not demonstration data; use a fresh one."))
        played = already_played(story)
        if played is not None:
            self.stderr.write(_("%(round)s is there already and is not played again.") % {"round": played.rounds[0]})
        return played

    def _tell(self, round_name: str, stage: str) -> None:
        self.stderr.write(f"{round_name} · {stage}")

    def _report(self, played: Played, result: dict[str, Any]) -> None:
        self.stdout.write(show_outcome(played, result))
