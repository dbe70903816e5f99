"""One door: no state changes elsewhere, and the database refuses what the machine does not know."""

import ast
import re
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from rules.permissions import permissions

from common.machine.lifecycle import pairs
from common.machine.lifecycle_docs import machines, rows_of
from common.translations import TranslationSet, read_stored
from rounds.models import Round
from tests import factories
from tests.house.code import nodes
from ventures.models import Venture

DOOR = {"common/machine/door.py", "common/machine/sql.py"}
VERBS = {row.verb for model in (Venture, Round) for row in rows_of(model)}
# A file and a connection are opened and closed too: what is called counts by what it is called.
SUBJECT = re.compile(r"(^|[._])(ventures?|rounds?_?|v|row|subject)$", re.IGNORECASE)


def test_no_state_is_set_by_an_update_around_the_door() -> None:
    found = [
        f"{where}:{node.lineno} {ast.unparse(node)[:90]}"
        for where, node in nodes()
        if where not in DOOR and isinstance(node, ast.Call) and _sets_state(node)
    ]
    assert not found


def _sets_state(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    on = ast.unparse(call.func.value)
    if call.func.attr == "update" and any(k.arg == "state" for k in call.keywords):
        return bool(re.search(r"\b(Venture|Round)\b|\b(ventures|rounds)\b", on))
    if call.func.attr == "bulk_update":
        return "'state'" in ast.unparse(call) and bool(re.search(r"Venture|Round|ventures|rounds", on))
    return False


def test_a_transition_is_called_by_the_door_only() -> None:
    found = [
        f"{where}:{node.lineno} {ast.unparse(node)[:90]}"
        for where, node in nodes()
        if where not in DOOR
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in VERBS
        and SUBJECT.search(ast.unparse(node.func.value))
    ]
    assert not found


# What an applicant reads before the notice is published: a copy that is shown and never saved.
SHOWN_ONLY = "ventures/models/venture.py known.__dict__ |= {'state': "


def test_a_state_is_never_written_past_its_protection() -> None:
    found = [
        f"{where} {ast.unparse(node)}"
        for where, node in nodes()
        if where not in DOOR
        and isinstance(node, ast.Call | ast.Assign | ast.AugAssign)
        and re.search(r"__dict__.*\bstate\b|\bset_state\(", ast.unparse(node))
    ]
    assert len(found) == 1 and found[0].startswith(SHOWN_ONLY), found


@pytest.mark.parametrize("model", machines(), ids=lambda m: m.__name__)
def test_every_transition_has_a_registered_permission(model: Any) -> None:
    assert not [row.verb for row in rows_of(model) if row.permission not in permissions]


@pytest.mark.parametrize("model", machines(), ids=lambda m: m.__name__)
def test_every_transition_has_a_label_in_both_languages(model: Any) -> None:
    stored = read_stored(TranslationSet())
    chinese = {**stored.stored, **stored.pending}
    from django.utils.translation import override

    with override("en"):
        labels = {row.verb: str(row.label) for row in rows_of(model)}
    assert not [verb for verb, label in labels.items() if label == verb or not chinese.get((None, label, None))]


@pytest.mark.engines
@pytest.mark.django_db
@pytest.mark.parametrize("model", machines(), ids=lambda m: m.__name__)
def test_the_database_allows_exactly_the_moves_of_the_machine(model: Any) -> None:
    states = [value for value, __ in model._meta.get_field("state").choices]
    planted = {state: _plant(model, state) for state in states}
    let_through = {(a, b) for a, b in product(states, states) if a != b and _lets_through(model, planted[a], b)}
    assert let_through == {(a, b) for a, b in pairs(model) if a != b}


def _plant(model: Any, state: str) -> Any:
    if model is Venture:
        return factories.a_venture(state, narrative=False, budget=False)
    return factories.a_round(state, rules=False)


def _lets_through(model: Any, subject: Any, target: str) -> bool:
    try:
        with transaction.atomic():
            model.objects.filter(pk=subject.pk).update(state=target)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True
