"""The table of states: it agrees with the machine, and what it names is there."""

import pytest
from django.urls import get_resolver
from rules.permissions import permissions

from common.machine.due import kinds_of
from common.machine.lifecycle import pairs
from rounds.models import Round
from rounds.states import TABLE as ROUNDS
from rounds.states import RoundState
from ventures.models import Venture
from ventures.states import (
    AWARDED_STATES,
    FINAL_STATES,
    NOT_HANDED_IN,
    SELECTED_STATES,
    SELECTION_VERBS,
    TABLE,
    Holder,
    State,
    held_by,
)
from ventures.work import FACTS, _further, _work

STEPS = [(state, step) for state in State for step in TABLE[state].steps]


def test_every_state_has_a_row():
    assert list(TABLE) == list(State) and list(ROUNDS) == list(RoundState)


def test_nobody_holds_what_no_move_leaves_and_only_that():
    assert {a for a, _ in pairs(Venture)} == set(State) - FINAL_STATES


def test_a_rounds_next_move_leaves_its_state_for_the_next():
    order = list(RoundState)
    moves = {t.name: (t.source, t.target) for t in Round._meta.get_field("state").get_all_transitions(Round)}
    for state, row in ROUNDS.items():
        assert (moves[row.next_move] if row.next_move else (state, None)) == (
            state,
            order[order.index(state) + 1] if row.next_move else None,
        )


def test_the_groups_say_what_the_machine_says():
    moves = {t.name: t.target for t in Venture._meta.get_field("state").get_all_transitions(Venture)}
    assert {moves[verb] for verb in SELECTION_VERBS} == SELECTED_STATES
    assert {State.DRAFT, State.LAPSED} == NOT_HANDED_IN
    # Whatever comes after the award is awarded, whatever does not is not.
    after, reached = pairs(Venture), {State.AWARDED.value}
    while found := {b for a, b in after if a in reached} - reached:
        reached |= found
    assert reached - {State.CANCELLED} == AWARDED_STATES, "an award may be given up before it is signed"


@pytest.mark.parametrize(("state", "step"), STEPS)
def test_what_a_step_names_is_there(state, step):
    assert (step.may in permissions) == (step.holder not in {Holder.NOBODY, Holder.PUBLIC}), state
    names = {f.name for f in Venture._meta.get_fields()} | set(dir(Venture))
    assert {step.when} - {""} <= names and {step.due} - {""} <= {kind.slug for kind in kinds_of(Venture)}
    assert step.sentence % dict.fromkeys(FACTS, "x")


@pytest.mark.parametrize("state", sorted(held_by(Holder.APPLICANT)))
def test_what_an_applicant_has_in_hand_has_a_page_and_a_day(state):
    for step in TABLE[state].steps:
        if step.holder == Holder.APPLICANT:
            assert step.due and (state, step.when) in _work


def test_pages_of_work_lead_somewhere():
    names = set(get_resolver().reverse_dict)
    pages = [*_work.values(), *(page for pages in _further.values() for page in pages)]
    assert {p.name for p in pages} <= names
    assert {p.listed.partition("?")[0] for p in _work.values()} <= names
    assert {p.may for p in pages} <= set(permissions)
