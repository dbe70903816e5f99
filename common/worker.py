"""Placeholder until jobs arrive."""

from typing import Any


def kick(task: Any, *args: Any) -> None:
    task.delay(*args)
