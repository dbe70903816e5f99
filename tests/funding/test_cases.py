"""The table of cases `cases.txt`: what the books say after each event, and with which sentence an event is refused."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from common.errors import DomainError
from common.machine.door import move
from delivery import actions as delivery_actions
from delivery.models import Activity
from funding import actions
from funding.models import Award, Tranche
from tests.funding.steps import SIGNED, awarded, midterm_passed, spend
from ventures import actions as ventures_actions
from ventures.models import Venture

_head, *SECTIONS = re.split(
    r"^# ", (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8"), flags=re.MULTILINE
)
CASES = {section.partition("\n")[0]: section.partition("\n")[2].strip().splitlines() for section in SECTIONS}


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Books:
    """One venture, and everything that may happen to its money."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world = world
        self.venture: Any = None
        self.vouchers = 0

    def award(self, amount: str) -> None:
        self.venture = awarded(self.world, amount)
        Venture.objects.filter(pk=self.venture.pk).update(number="HC2020-001", title="乡音相伴")
        self.venture.number, self.venture.title = "HC2020-001", "乡音相伴"

    def sign(self, *on: str) -> None:
        day = date.fromisoformat(on[1]) if on else SIGNED
        actions.sign_agreement(self.venture, by=self.world.manager, number="XY-001", signed_on=day)

    def pay(self, ordinal: str) -> None:
        tranche = Tranche.objects.filter(award__venture=self.venture, ordinal=ordinal).first()
        # Without an agreement there is no tranche on any page; whoever asks for one is told so.
        tranche = tranche or Tranche(award_id=0)
        actions.pay_tranche(tranche, by=self.world.finance, voucher_number=f"PZ-{ordinal}")

    def begin(self) -> None:
        move(self.venture, "begin_delivery", by=self.world.finance)

    def mid_term(self) -> None:
        midterm_passed(self.world, self.venture)

    def final(self) -> None:
        Activity.objects.create(venture=self.venture, held_on=date(2020, 6, 9), topic="乡音课堂", attendance=30)
        delivery_actions.hand_in_final(self.venture, by=self.venture.applicant, progress="计划 8 场，已办 8 场")
        delivery_actions.pass_final(self.venture, by=self.world.clerk, score=Decimal(88))

    def spend(self, amount: str) -> None:
        spend(self.venture, amount)

    def return_(self, amount: str) -> None:
        actions.record_return(self.venture, by=self.world.finance, amount=Decimal(amount), voucher_number=self._next())

    def waive(self) -> None:
        ventures_actions.waive_showcase(self.venture, by=self.world.clerk, reason="疫情期间不办展")

    def close(self) -> None:
        ventures_actions.close(self.venture, by=self.world.manager)

    def terminate(self) -> None:
        ventures_actions.terminate(self.venture, by=self.world.manager, reason="整改不合格")

    def claim(self, amount: str) -> None:
        actions.claim_recovery(self.venture, by=self.world.manager, amount=Decimal(amount), reason="未按协议实施")

    def recover(self, amount: str) -> None:
        actions.record_recovery(
            self.venture, by=self.world.finance, amount=Decimal(amount), voucher_number=self._next()
        )

    def settle(self) -> None:
        ventures_actions.settle(self.venture, by=self.world.manager)

    def _next(self) -> str:
        self.vouchers += 1
        return f"H-{self.vouchers}"

    def say(self) -> dict[str, str]:
        """What the books say, as the table writes it."""
        said = {"state": Venture.objects.get(pk=self.venture.pk).state}
        if award := Award.objects.filter(venture=self.venture).first():
            names = ("paid", "spent", "returned", "recovered", "balance")
            said |= {name: f"{getattr(award, name):,.2f}" for name in names}
            said["claimed"] = "—" if award.claimed is None else f"{award.claimed:,.2f}"
            said["tranches"] = " + ".join(f"{t.amount:,.2f}" for t in award.tranches.all())
        return said


def read(line: str) -> tuple[str, list[str], str, str]:
    """`spend 0.02   ✗ …` → event, its words, ✗ or → (or nothing), and what follows."""
    event, mark, rest = re.fullmatch(r"(.+?)\s*(?:([→✗])\s*(.*))?", line).groups("")  # type: ignore[union-attr]
    name, *words = event.replace(",", "").split()
    return name.replace("-", "_"), words, mark, rest


@pytest.mark.parametrize("case", CASES)
def test_the_books_say(world: SimpleNamespace, case: str) -> None:
    books = Books(world)
    for line in CASES[case]:
        name, words, mark, rest = read(line)
        happen: Callable[..., None] = getattr(books, name, None) or getattr(books, f"{name}_")
        if mark == "✗":
            before = books.say()
            with pytest.raises(DomainError) as refused:
                happen(*words)
            assert str(refused.value) == rest, line
            assert books.say() == before, line
        else:
            happen(*words)
            said = books.say()
            expected = dict(part.split(" ", 1) for part in rest.split(" · ")) if rest else {}
            assert {name: said[name] for name in expected} == expected, line
