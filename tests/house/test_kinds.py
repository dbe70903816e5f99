"""What comes in kinds is one object per kind, found by its registry: nobody else asks which kind it is."""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest
from django.conf import settings

from common.translations import sources
from rounds.cards import CARDS
from rounds.cards.card import Card
from rounds.eligibility_kinds import KINDS as ELIGIBILITY_KINDS
from rounds.forms.cards import PAGES
from rounds.question_kinds import KINDS as QUESTION_KINDS
from tests.house.code import ROOT, nodes
from ventures.application.forms.questions import FIELDS
from ventures.eligibility.kinds import EVALUATIONS

# Registry → where its objects live.
HOMES: list[tuple[Mapping[str, object], tuple[str, ...]]] = [
    (CARDS, ("rounds/cards/", "rounds/forms/cards/")),
    (ELIGIBILITY_KINDS, ("rounds/eligibility_kinds/", "ventures/eligibility/kinds/")),
    (QUESTION_KINDS, ("rounds/question_kinds/", "ventures/application/forms/questions/")),
]
ASKED = {"kind", "card", "slug", "here", "rule"}
IN_TEMPLATE = re.compile(rf"""\b(?:{"|".join(ASKED)})\s+(?:==|!=|in)\s+["']([\w ]+)["']""")
IN_SCRIPT = re.compile(r"""["'`](\w+)["'`]""")


def _asked(node: ast.expr) -> bool:
    """Whether an expression is the kind of something: `rule.kind`, `slug`."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ASKED


def _words(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _told_apart() -> Iterator[tuple[str, set[str]]]:
    """(file, words) of every comparison of a kind, and every table by kinds."""
    for name, node in nodes():
        compared = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        matched = [node.subject] if isinstance(node, ast.Match) else []
        if any(_asked(part) for part in [*compared, *matched]):
            yield f"{name}:{node.lineno}", _words(node)  # type: ignore[attr-defined]
        elif isinstance(node, ast.Dict) and len(node.keys) > 1:
            keys = [k.value for k in node.keys if isinstance(k, ast.Constant) and isinstance(k.value, str)]
            if len(keys) == len(node.keys) and any(set(keys) <= set(kinds) for kinds, __ in HOMES):
                yield f"{name}:{node.lineno}", set(keys)


@pytest.mark.parametrize(("kinds", "homes"), HOMES)
def test_nobody_else_asks_which_kind_it_is(kinds: Mapping[str, object], homes: tuple[str, ...]) -> None:
    """`common` knows no grant: its kinds are kinds of other things."""
    assert not [
        (where, words & set(kinds))
        for where, words in _told_apart()
        if words & set(kinds) and not where.startswith((*homes, "common/"))
    ]
    templates = {
        (path.name, word)
        for path in ROOT.glob("*/templates/**/*.html")
        for found in IN_TEMPLATE.findall(path.read_text())
        for word in found.split()
    }
    assert not {(name, word) for name, word in templates if word in kinds}
    scripts = {(p.name, word) for p in ROOT.glob("rounds/static/**/*.js") for word in IN_SCRIPT.findall(p.read_text())}
    assert not {(name, word) for name, word in scripts if word in kinds}


def test_every_card_has_a_page() -> None:
    """Of its own, or made from the module of the same name."""
    assert set(PAGES) == {slug for slug, card in CARDS.items() if card.page == Card.page}
    for slug, page in PAGES.items():
        assert len(page.tables) == len(CARDS[slug].tables), slug


def test_every_kind_of_question_has_its_field_on_the_form() -> None:
    assert set(FIELDS) == set(QUESTION_KINDS)


def test_every_kind_of_rule_is_evaluated() -> None:
    assert set(EVALUATIONS) == set(ELIGIBILITY_KINDS)


def test_days_numbers_and_addresses_are_asked_for_by_fields_that_read_what_people_write() -> None:
    """`common.site.fields` goes through `common.normal_forms`; Django's own fields refuse 2020年12月7日 and １，０００元."""
    own = re.compile(r"(?<![\w.])forms\.(?:Date|DateTime|Decimal|Integer|Email)Field\(")
    homes = {
        "common/site/fields.py",
        "common/money.py",
        "rounds/forms/fields.py",
        "ventures/application/forms/submit.py",
    }
    found = [
        f"{where}: {line.strip()}"
        for path in sources(".py")
        if (where := path.relative_to(settings.BASE_DIR).as_posix()) not in homes
        for line in path.read_text().splitlines()
        if own.search(line)
    ]
    assert not found
