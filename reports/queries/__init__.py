"""What can be asked for the sheets. Every reader takes a `Scope` and needs a fixed number of queries."""

from reports.queries.closure import closures
from reports.queries.incubation import incubations
from reports.queries.money import payments
from reports.queries.projects import projects
from reports.queries.scope import Scope, scope_of
from reports.queries.scores import Marks, marks
from reports.queries.workbooks import workbooks_visible_to

__all__ = [
    "Marks",
    "Scope",
    "closures",
    "incubations",
    "marks",
    "payments",
    "projects",
    "scope_of",
    "workbooks_visible_to",
]
