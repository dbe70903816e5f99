"""Rounds in preparation, for tests of the set-up."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from rounds import actions as setup
from rounds.models import AttachmentRule, EligibilityRule, FormSection, Question, Round
from rounds.states import RoundState
from tests.factories import a_place, a_round, moment

MARCH = moment("2026-03-02 09:00")
SECTIONS = [{"slug": slug, "title": "", "guidance": "", "required": False} for slug in ("basic", "narrative", "budget")]
RUBRIC = [
    {"label": "方案", "weight": 60, "guidance": "", "tie_break": 1},
    {"label": "团队", "weight": 40, "guidance": "", "tie_break": None},
]
GRADE = {"name": "合格", "lowest": Decimal(60), "passes": True}


def sections(round_: Round, by: Any, *own: str) -> list[FormSection]:
    rows: list[dict[str, Any]] = [
        *SECTIONS,
        *({"slug": "", "title": title, "guidance": "", "required": False} for title in own),
    ]
    setup.save_card(round_, "sections", by=by, rows=rows)
    return list(round_.form_sections.all())


def a_question(section: FormSection, by: Any, label: str = "是否有场地", **facts: Any) -> Question:
    given = {"kind": "yes_no", "label": label, **facts}
    return setup.add_question(section.round, by=by, section=section, facts=given)


def full_round(people: SimpleNamespace) -> Round:
    """A round with something of everything."""
    round_ = a_round(
        RoundState.PREPARING, is_demo=True, contact="0573-85000000", co_organizer="平湖市团市委", min_grant=Decimal(1000),
        grant_tiers=["10000.00", "30000.00"], sealed=True, stamp_required=True,
        opens_at=moment("2026-03-16 09:00"), closes_at=moment("2026-04-16 00:00"),
    )  # fmt: skip
    round_.places.add(a_place())
    first, *__, own = sections(round_, people.clerk, "场地")
    choice = a_question(first, people.clerk, kind="choice", options=["自有", "租用"])
    a_question(own, people.clerk, "租金", kind="money", asked_if_id=choice.pk, asked_if_value="租用")
    AttachmentRule.objects.create(round=round_, ordinal=1, label="登记证书", required=True, max_files=2)
    EligibilityRule.objects.create(round=round_, ordinal=1, kind="kinds", options=["51", "52"], effect="block")
    return round_
