"""What is to be played: rounds with their rules, people and fates, as plain data. No database here.

A story comes from a YAML file (`spec`) or from a seed (`chance`); `play` plays either through the public doors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any


class SimulationError(Exception):
    """The story can not be played, or a door let through what it had to refuse."""


@dataclass(frozen=True)
class Calendar:
    """Named moments of a round (aware)."""

    moments: Mapping[str, datetime]

    def at(self, name: str) -> datetime:
        try:
            return self.moments[name]
        except KeyError:
            raise SimulationError(f"calendar: {name}") from None

    def on(self, name: str) -> date:
        return self.at(name).date()

    def __contains__(self, name: str) -> bool:
        return name in self.moments

    def between(self, first: str, last: str, nth: int, count: int) -> datetime:
        """The `nth` of `count` moments spread evenly from `first` on and before `last`, to the minute."""
        start = self.at(first)
        minutes = int((self.at(last) - start).total_seconds() // 60)
        return start + timedelta(minutes=minutes * nth // max(count, 1))


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: str
    unit: str = ""
    platform: str = ""  # of an operator, by name


@dataclass(frozen=True)
class Applicant:
    """An organization with the account that applies for it."""

    username: str
    facts: Mapping[str, Any]  # fields of the organization; `place` is a code
    incubated: Mapping[str, Any] | None = None  # platform (by name), since, until


@dataclass(frozen=True)
class BudgetRow:
    head: str
    detail: str
    unit_price: Decimal
    quantity: Decimal
    unit: str
    from_grant: Decimal
    basis: str = ""

    @property
    def amount(self) -> Decimal:
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class RecusalStory:
    expert: str
    reason: str
    note: str = ""


@dataclass(frozen=True)
class ObjectionStory:
    outcome: str  # dismissed, upheld; "" while nobody has ruled
    name: str
    contact: str
    text: str
    ruling: str = ""


@dataclass(frozen=True)
class MidtermStory:
    """A mid-term that fails first, and what happens then."""

    problem: str
    report: str = ""


@dataclass(frozen=True)
class TerminationStory:
    """`when` is one of awarded, in_delivery, rectifying, in_evaluation."""

    when: str
    reason: str


@dataclass(frozen=True)
class ExhibitStory:
    form: str = "board"
    minutes: int = 5
    material: bool = False  # has come in


# Where a venture may stand in a round that is in delivery, in the order in which it gets there: what waits then.
STEPS = (
    "awarded", "signed", "in_delivery", "mid_term", "rectifying", "midterm_passed", "second_paid", "in_evaluation",
    "evaluated", "tail_paid",
)  # fmt: skip


@dataclass
class VentureStory:
    """One venture and its fate. A fate that never comes up (an objection to one not on notice) is not played."""

    title: str
    applicant: str
    category: str
    place: str
    leader: str
    phone: str
    starts_on: date
    ends_on: date
    beneficiaries: int
    sessions_planned: int
    attendance_planned: int
    budget: list[BudgetRow]
    narrative: dict[str, str]
    scores: dict[str, list[Decimal]] = field(default_factory=dict)  # expert → points in the order of the rubric
    awarded: Decimal | None = None  # None: what the selection proposes
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # team, indicators, schedule
    answers: dict[str, Any] = field(default_factory=dict)  # question of the round → answer
    papers: list[str] = field(default_factory=list)  # papers of the round that are attached
    left_at: str = ""  # where it stands in a round that is not over: draft or submitted in a call, else one of STEPS
    moments: dict[str, datetime] = field(default_factory=dict)  # of its own, instead of those of the round's calendar
    late: bool = False
    withdrawn: bool = False
    refused: str = ""
    returned: str = ""
    corrected: bool = True
    recused: list[RecusalStory] = field(default_factory=list)
    recused_during: list[RecusalStory] = field(default_factory=list)
    objection: ObjectionStory | None = None
    topics: list[str] = field(default_factory=list)
    sessions_held: int = 0
    attendance: int = 0
    volunteers: int = 0
    progress: dict[str, str] = field(default_factory=dict)  # midterm, final → what the report says
    vouchers: dict[str, list[str]] = field(default_factory=dict)  # kind of expense → what the vouchers say
    satisfaction: Decimal = Decimal(90)
    midterm: MidtermStory | None = None
    terminated: TerminationStory | None = None
    spend_percent: Decimal = Decimal(100)
    final_score: Decimal = Decimal(80)
    exhibit: ExhibitStory | None = None
    waived: str = ""

    def __post_init__(self) -> None:
        if self.left_at not in ("", "draft", "submitted", *STEPS):
            raise SimulationError(f"{self.title}: left_at {self.left_at}?")

    def gets_beyond(self, step: str) -> bool:
        """False when it stands before `step` (of STEPS) is over: nobody has taken the next one yet."""
        return self.left_at not in STEPS or STEPS.index(self.left_at) > STEPS.index(step)


@dataclass
class EventStory:
    name: str
    venue: str
    introduction: str = ""
    launches: list[str] = field(default_factory=list)  # keys of rounds
    programme: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class RoundStory:
    key: str  # GY-4
    series: str
    edition: int | None  # None: the next free one
    facts: dict[str, Any]
    categories: list[str]
    check_items: list[str]
    rubric: list[dict[str, Any]]
    grades: list[dict[str, Any]]  # of the final evaluation, the best first
    budget_heads: list[dict[str, Any]]
    budget_rules: list[dict[str, Any]]
    tranches: list[dict[str, Any]]
    calendar: Calendar
    fund_sources: list[dict[str, Any]] = field(default_factory=list)
    phases: list[dict[str, Any]] = field(default_factory=list)  # their planned days
    form: dict[str, Any] = field(default_factory=dict)  # sections with questions, papers, eligibility, places
    panel: list[str] = field(default_factory=list)
    ventures: list[VentureStory] = field(default_factory=list)
    event: EventStory | None = None
    until: str = "end"  # of STAGES

    def __post_init__(self) -> None:
        if self.until not in STAGES:
            raise SimulationError(f"{self.key}: until {self.until}?")

    def reaches(self, stage: str) -> bool:
        return STAGES.index(self.until) >= STAGES.index(stage)


STAGES = ("preparing", "call", "review", "notice", "delivery", "end")


@dataclass
class Story:
    people: list[Person]
    applicants: list[Applicant]
    rounds: list[RoundStory]
    reported_on: date  # day of the summaries
    series: dict[str, str] = field(default_factory=dict)  # of its own, beside the reference data: code → name
    password: str | None = None  # None: nobody can log in with these accounts
    is_demo: bool = True
