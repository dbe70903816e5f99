"""评分汇总表: what it shows, and what it keeps back."""

from collections.abc import Callable
from typing import Any

import pytest

from reviews.models import Result, Review
from tests.reports.conftest import column_of, opened
from tests.reports.data import World, panel, score, venture
from ventures.states import State

pytestmark = pytest.mark.engines


def test_a_recused_expert_is_marked_and_counted_out(world: World, make: Callable[..., Any]) -> None:
    ws = opened(make(world, sheets=["scores"]), values=True)["评分汇总表"]
    assert ws.cell(6, column_of(ws, "专家7")).value == "回避"
    assert ws.cell(6, column_of(ws, "回避")).value == 1
    assert ws.cell(6, column_of(ws, "有效评分数")).value == 6


def test_the_mean_is_the_stored_result_of_the_review(world: World, make: Callable[..., Any]) -> None:
    ws = opened(make(world, sheets=["scores"]), values=True)["评分汇总表"]
    shown = [ws.cell(r, column_of(ws, "平均得分")).value for r in range(5, 15)]
    assert shown == [float(v.result.mean) for v in world.ventures]


def test_marks_stay_out_until_the_whole_panel_has_submitted(empty: World, make: Callable[..., Any]) -> None:
    panel(empty, 3)
    done = venture(empty, 1, State.IN_REVIEW)
    score(empty, done, of=3)
    half = venture(empty, 2, State.IN_REVIEW)
    Review.objects.create(venture=half, expert=empty.experts[0], state="submitted", total=77)
    Review.objects.create(venture=half, expert=empty.experts[1])
    reopened = venture(empty, 3, State.IN_REVIEW)
    score(empty, reopened, of=3)
    Review.objects.filter(venture=reopened, expert=empty.experts[2]).update(state="assigned")

    book = opened(make(empty, sheets=["scores"]), values=True)
    ws = book["评分汇总表"]
    first = [[ws.cell(r, column_of(ws, f"专家{n}")).value for n in (1, 2, 3)] for r in (5, 6, 7)]
    assert all(first[0])
    assert first[1] == first[2] == [None, None, None]
    assert ws.cell(6, column_of(ws, "备注")).value == "评分未齐"
    assert 77 not in [c.value for s in book for row in s.iter_rows() for c in row]


def test_fewer_marks_than_needed_give_no_mean(empty: World, make: Callable[..., Any]) -> None:
    panel(empty, 3)
    few = venture(empty, 1, State.IN_REVIEW)
    score(empty, few, recused=1, of=3)
    assert Result.objects.get(venture=few).mean is None
    ws = opened(make(empty, sheets=["scores"]), values=True)["评分汇总表"]
    assert ws.cell(5, column_of(ws, "平均得分")).value is None
    assert ws.cell(5, column_of(ws, "有效评分数")).value == 2
