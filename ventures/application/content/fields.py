"""The fields of a round's form, in the order of the printed form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language

from rounds.budget.terms import Terms
from rounds.models import AttachmentRule, FormSection, Question, Round
from rounds.models.budget import terms_of
from rounds.states import RoundState
from ventures.models import Answer, Application, BudgetLine, Indicator, ScheduleLine, TeamMember, Venture

Slug = FormSection.Slug


class Kind(StrEnum):
    """Where the value of a field is kept."""

    FACT = "fact"
    NARRATIVE = "narrative"
    TABLE = "table"
    ANSWER = "answer"
    FILES = "files"


FACTS = (
    "title", "category", "place", "leader", "phone", "starts_on", "ends_on", "beneficiaries", "sessions_planned",
    "attendance_planned",
)  # fmt: skip
NARRATIVE = (
    "summary", "needs", "goals", "plan", "innovation", "sustainability", "risks", "party_building", "outcomes",
)  # fmt: skip
# Table → its model and columns. Sums and ordinals are computed, not part of what was said.
TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "team": (TeamMember, ("name", "education", "qualification", "part", "phone")),
    "indicators": (Indicator, ("label", "target", "unit", "evidence")),
    "schedule": (
        ScheduleLine,
        ("starts_on", "ends_on", "activity", "detail", "place", "sessions", "attendance", "responsible"),
    ),
    "budget": (
        BudgetLine,
        ("head", "detail", "unit_price", "quantity", "unit", "amount", "from_grant", "from_own", "basis"),
    ),
}
PLAIN = (Slug.BASIC, Slug.NARRATIVE, Slug.BUDGET)  # the form of a round without sections of its own


@dataclass(frozen=True)
class Field:
    path: str
    section: str
    label: str
    kind: Kind
    question: Question | None = None
    rule: AttachmentRule | None = None
    # Of a table: column → what the round offers in it.
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Name and label of the columns of a table."""
        model, names = TABLES[self.path]
        return [(name, str(model._meta.get_field(name).verbose_name)) for name in names]


@dataclass(frozen=True)
class Section:
    slug: str
    label: str
    guidance: str = ""
    required: bool = False
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True)
class Form:
    sections: list[Section]
    budget: Terms

    def __iter__(self) -> Iterator[Field]:
        return (f for section in self.sections for f in section.fields)

    def get(self, path: str) -> Field | None:
        return self._by_path.get(path)

    def section(self, slug: str) -> Section | None:
        return next((s for s in self.sections if s.slug == slug), None)

    @property
    def _by_path(self) -> dict[str, Field]:
        return {f.path: f for f in self}

    @property
    def paths(self) -> list[str]:
        return [f.path for f in self]


def form_of(round_: Round) -> Form:
    """The form of a round; five queries, and none for a round that is open: its rules are frozen."""
    if round_.state == RoundState.PREPARING:
        return _made(round_)
    key = (round_.pk, round_.created_at, get_language())
    if key not in _frozen:
        if len(_frozen) >= MOST_FROZEN:
            _frozen.clear()
        _frozen[key] = _made(round_)
    return _frozen[key]


MOST_FROZEN = 64
_frozen: dict[tuple[Any, ...], Form] = {}


def forget_forms() -> None:
    """Where rounds are taken back, as between tests: the next one may have the same key and the same moment."""
    _frozen.clear()


def _made(round_: Round) -> Form:
    rows = list(round_.form_sections.all())
    if not rows:
        rows = [FormSection(round=round_, slug=slug, ordinal=n) for n, slug in enumerate(PLAIN, 1)]
    asked: dict[int, list[Question]] = {}
    for question in Question.objects.filter(section__round=round_.pk).order_by("section__ordinal", "ordinal"):
        asked.setdefault(question.section_id, []).append(question)
    papers = list(round_.attachment_rules.all())
    terms = terms_of(round_)
    sections = [_section(row, asked.get(row.pk, []), papers, terms) for row in rows]
    return Form([s for s in sections if s.fields], terms)


def _section(row: FormSection, questions: list[Question], papers: list[AttachmentRule], terms: Terms) -> Section:
    fields = [
        *_built_in(row.slug, papers, terms),
        *(Field(f"q{q.pk}", row.slug, q.label, Kind.ANSWER, question=q) for q in questions),
    ]
    return Section(row.slug, row.label, row.guidance, row.required, fields)


def _built_in(slug: str, papers: list[AttachmentRule], terms: Terms) -> list[Field]:
    if slug == Slug.BASIC:
        return [Field(name, slug, label_of(Venture, name), Kind.FACT) for name in FACTS]
    if slug == Slug.NARRATIVE:
        return [Field(name, slug, label_of(Application, name), Kind.NARRATIVE) for name in NARRATIVE]
    if slug == Slug.FILES:
        return [Field(f"paper{rule.pk}", slug, rule.label, Kind.FILES, rule=rule) for rule in papers]
    if slug in TABLES:
        choices = {"head": terms.heads} if slug == Slug.BUDGET else {}
        return [Field(str(slug), slug, str(Slug(slug).label), Kind.TABLE, choices=choices)]
    return []


def label_of(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def is_asked(question: Question, answers: dict[int, Any]) -> bool:
    """Whether a question is put, by the answers given so far (question id → canonical value)."""
    if question.asked_if_id is None:
        return True
    value = answers.get(question.asked_if_id)
    return question.asked_if_value in value if isinstance(value, list) else value == question.asked_if_value


def answers_of(venture: Venture) -> dict[int, Any]:
    """Question id → canonical value."""
    return dict(Answer.objects.filter(venture=venture.pk).values_list("question_id", "value"))
