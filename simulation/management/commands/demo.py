from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError
from reports import actions as reports
from reports.models import Workbook
from rounds.models import Round
from simulation import reference, workbooks
from simulation.already_played import already_played
from simulation.laws import require_laws
from simulation.play import play
from simulation.rounds import holds_real_rounds
from simulation.show import show_accounts, show_ventures
from simulation.spec import read
from simulation.story import SimulationError, Story
from simulation.today import close_past_call, play_today

ADDRESS = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Fill a fresh installation with demonstration data: the 2020 round, its workbooks, rounds that run today."

    def handle(self, *args: Any, **options: Any) -> None:
        # The accounts of the demonstration have a password that everybody knows.
        if holds_real_rounds():
            raise CommandError(_("This database holds rounds that are not demonstration data; use a fresh one."))
        try:
            reference.load()
            story = read(reference.FIXTURES / "pinghu_2020.yaml")
            round_, paths = self._first_round(story)
            play_today(self._tell)
            require_laws()
        except (SimulationError, DomainError) as e:
            raise CommandError(str(e)) from e
        self._print(story, round_, paths)

    def _first_round(self, story: Story) -> tuple[Round, list[Path]]:
        """Play it unless it is there; the workbooks below out/ either way."""
        played = already_played(story)
        if played is None:
            played = play(story, self._tell)
        else:
            self.stderr.write(_("%(round)s is there already and is not played again.") % {"round": played.rounds[0]})
        for launched in played.rounds[1:]:
            close_past_call(launched, by=played.manager)
        folder = Path(settings.BASE_DIR) / "out"
        made = Workbook.objects.filter(round__in=played.rounds, as_of=story.reported_on).order_by("pk")
        paths = list(
            dict.fromkeys(reports.export(workbook, folder, by=played.manager) for workbook in made)
        ) or workbooks.make(played.rounds, by=played.manager, as_of=story.reported_on, folder=folder, plain_names=False)
        return played.rounds[0], paths

    def _tell(self, round_name: str, stage: str) -> None:
        self.stderr.write(f"{round_name} · {stage}")

    def _print(self, story: Story, round_: Round, paths: list[Path]) -> None:
        write = self.stdout.write
        write(f"\n{round_.title} · {round_.get_state_display()}\n")
        write(show_ventures(round_))
        write("\n" + _("Workbooks:"))
        for path in paths:
            write(f"  {path}")
        write("\n" + _("Demonstration accounts (演示数据); sign in at %(address)s") % {"address": ADDRESS} + "\n")
        names = [p.username for p in story.people] + [a.username for a in story.applicants]
        users = {u.username: u for u in User.objects.filter(username__in=names)}
        write(show_accounts([users[n] for n in names], story.password or ""))
