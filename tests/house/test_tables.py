"""Lists are tables of `common.site.tables`: no template types one, and none sorts by what has no index."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from common.site.tables import Table
from tests.house.code import ROOMS, ROOT
from tests.web.desk_world import make_desk, on_notice, planted, signed_in
from ventures.states import State

# What is no list: parts of one thing, forms to type through, papers, and what a calendar or a file holds.
NO_LIST = {
    "common/templates/common/row_editor.html": "rows that are typed",
    "common/templates/common/clash_table.html": "what two people typed",
    "common/templates/common/table.html": "the component",
    "common/templates/common/calendar/_months.html": "one year",
    "common/templates/common/calendar/years.html": "the calendar",
    "accounts/templates/accounts/emails/": "mail",
    "delivery/templates/delivery/_tab.html": "tab of a venture",
    "funding/templates/funding/_expenses.html": "money of a venture",
    "funding/templates/funding/_money.html": "money of a venture",
    "organizations/templates/organizations/people.html": "forms in each row",
    "organizations/templates/organizations/staff/_import.html": "what a file holds",
    "reviews/templates/reviews/_tab.html": "tab of a venture, forms in rows",
    "reviews/templates/reviews/score.html": "a score sheet",
    "reviews/templates/reviews/staff/panel.html": "the panel of a round",
    "rounds/templates/rounds/": "forms and what two people typed",
    "showcases/templates/showcases/_exhibits.html": "an event, verbs in rows",
    "showcases/templates/showcases/_programme.html": "an event, verbs in rows",
    "ventures/templates/ventures/application/_": "an application",
    "ventures/templates/ventures/application/print.html": "an application on paper",
    "ventures/templates/ventures/notices/notice.html": "a notice as it hangs out",
    "ventures/templates/ventures/notices/round.html": "rubric and tranches of a round",
}
LISTS = {
    "desk_ventures": "manager",
    "desk_delivery": "manager",
    "desk_closures": "manager",
    "desk_notices": "manager",
    "desk_payments": "finance",
    "desk_reviews": "manager",
    "desk_showcases": "manager",
    "desk_organizations": "manager",
    "desk_platforms": "manager",
    "desk_organization_imports": "manager",
    "desk_people": "admin",
    "desk_journal": "supervisor",
    "desk_reports": "manager",
    "apply_home": "applicant",
    "review_home": "expert",
    "rounds": None,
    "notices": None,
}


def tables(of: type[Table] = Table) -> Iterator[type[Table]]:
    for table in of.__subclasses__():
        yield table
        yield from tables(table)


def test_only_the_component_and_what_is_no_list_types_a_table() -> None:
    typed = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).glob("templates/**/*.html")
        if re.search(r"<table\b", path.read_text())
    }
    assert not {name for name in typed if not name.startswith(tuple(NO_LIST))}


@pytest.mark.django_db
def test_every_list_page_declares_its_table() -> None:
    desk = make_desk()
    planted(desk, State.SUBMITTED)
    on_notice(desk)
    for name, role in LISTS.items():
        client = signed_in(getattr(desk, role)) if role else Client()
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        # Of the desk's payments there are two, of platforms one for each tier.
        assert isinstance(
            answer.context.get("table") or answer.context.get("payable") or answer.context["tiers"][0][1], Table
        )


def test_a_list_sorts_only_by_what_has_an_index_that_ends_with_the_key() -> None:
    import config.urls  # noqa: F401  every room's tables are declared

    bare = []
    for table in tables():
        for column in table.columns:
            if table.model is None or table.is_part or column.sort in {"", "pk"}:
                continue
            field = table.model._meta.get_field(column.sort)
            indexed = [index.fields for index in table.model._meta.indexes]
            if not field.unique and [column.sort, "id"] not in indexed:
                bare.append(f"{table.__module__}.{table.__name__}.{column.name}")
    assert not bare


def test_a_column_hides_nothing_of_its_table() -> None:
    own = set(dir(Table))
    assert not {f"{t.__name__}.{c.name}" for t in tables() for c in t.columns if c.name in own}
