"""Reviews as lists: the desk's rounds, the ranking, what an expert has submitted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.site.tables import Buttons, Link, Minute, Money, Own, Points, State, Table, Text


class RoundTable(Table):
    """Rounds in or near review."""

    empty = _("No round is ready for review")
    hint = _("Rounds appear here when their call is closed.")

    round = Own(_("Round"), "title", cell="reviews/cells/round.html")
    state = State(_("State"))
    scores = Text(_("Scores submitted"), lambda r: f"{r.submitted} / {r.assigned}")
    pages = Buttons(_("Pages"), cell="reviews/cells/pages.html", css="text-md-end")


class RankingTable(Table):
    """The ranking. A row is a `queries.Ranked` with the field of its amount."""

    empty = _("Nothing to rank yet")
    hint = _("Ventures appear here when the review has begun.")

    venture = Own(_("Venture"), "ranked.venture", cell="reviews/cells/venture.html")
    rank = Own(_("Rank"), "ranked.rank", cell="reviews/cells/rank.html", css="num")
    score = Points(_("Score"), lambda row: row.ranked.result.mean if row.ranked.result else None)
    spread = Own(_("Spread"), cell="reviews/cells/spread.html")
    requested = Money(_("Requested (元)"), "ranked.venture.requested")
    amount = Own(_("Amount (元)"), "ranked.amount", cell="reviews/cells/amount.html", css="num")
    outcome = Own(_("Outcome"), cell="reviews/cells/outcome.html")

    def row_css(self, row: Any) -> str:
        return "money-line" if row.line_above else ""


class SubmittedTable(Table):
    """What an expert has submitted."""

    venture = Link(_("Venture"), "venture", to="review_score")
    organization = Text(_("Organization"), "venture.organization")
    score = Points(_("My score"), "total", sort="total")
    submitted_at = Minute(_("Submitted at"), sort="submitted_at")
