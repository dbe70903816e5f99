"""Notices, rounds and results as lists: everybody's and the desk's."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Count, Link, Money, Own, Period, Points, State, Table, Text
from rounds.models import Round
from ventures.models import Notice


def _runs(notice: Notice) -> tuple[Any, Any]:
    return notice.opens_on, notice.closes_on


# --- Everybody's ------------------------------------------------------------------------------------------------------


class RoundTable(Table):
    model = Round
    empty = _("No round yet")
    hint = _("The first call will be announced here.")

    round = Own(_("Round"), "title", cell="ventures/notices/cells/round.html")
    year = Text(_("Year"))
    # What ends at 24:00 ends on that day, not on the next.
    call = Period(_("Call"), lambda r: (r.opens_at, r.closes_at - timedelta(microseconds=1)))
    state = State(_("State"))


class NoticeTable(Table):
    model = Notice
    empty = _("No notice yet")
    hint = _("Ventures proposed for award are put on notice here before anything is paid.")

    notice = Own(_("Notice"), "title", cell="ventures/notices/cells/notice.html")
    runs = Period(_("From – to"), _runs, sort="closes_on", css="text-nowrap")
    ventures = Count(_("Ventures"))
    state = Own(_("State"), cell="ventures/notices/cells/running.html")


class NoticedTable(Table):
    """What was found on notices."""

    venture = Own(_("Venture"), cell="ventures/notices/cells/noticed.html")
    organization = Text(_("Organization"), "venture.organization", marked=True)
    notice = Link(_("Notice"), to="notice", key="notice_id")
    runs = Period(_("From – to"), lambda line: _runs(line.notice), css="text-nowrap")


class ResultTable(Table):
    """The awarded ventures of a round, on its page."""

    foot = "ventures/notices/cells/results_foot.html"

    title = Link(_("Venture"), lambda v: f"《{v.title}》", to="venture")
    number = Text(_("Number"), css="text-nowrap")
    organization = Text(_("Organization"))
    place = Text(_("Place of delivery"), css="text-nowrap")
    awarded = Money(_("Award (元)"))
    state = Own(_("State"), cell="ventures/notices/cells/result_state.html")


# --- The desk's -------------------------------------------------------------------------------------------------------


class DeskNoticeTable(Table):
    model = Notice
    empty = _("No notice has been published yet.")
    hint = _("A notice follows the selection: propose ventures first.")

    notice = Link(_("Notice"), str, to="desk_notice")
    runs = Period(_("Runs"), _runs, sort="closes_on")
    state = Own(_("State"), cell="ventures/notices/cells/state.html")
    ventures = Count(_("Ventures"), "n")
    waiting = Count(_("To award"))
    objections = Count(_("Open objections"), lambda n: n.objections_open or 0)


class DraftTable(Table):
    """The notice before it is published."""

    foot = "ventures/notices/cells/draft_foot.html"
    empty = _("No venture is proposed for award.")

    venture = Link(_("Venture"), str, to="desk_venture")
    organization = Text(_("Organization"))
    score = Points(_("Score"))
    awarded = Money(_("Amount proposed (元)"))


class LineTable(Table):
    """What is on a notice and what became of it."""

    foot = "ventures/notices/cells/lines_foot.html"

    venture = Own(_("Venture"), "venture", cell="ventures/notices/cells/line.html")
    organization = Text(_("Organization"), "venture.organization")
    state = State(_("State"), "venture")
    amount = Money(_("Amount proposed (元)"))
    award = Buttons(_("What can be done"), cell="ventures/notices/cells/award.html", css="text-end")
