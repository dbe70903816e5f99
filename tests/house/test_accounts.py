"""A whole account number leaves the house through one function. What else names the field stores, compares or masks it."""

import re

from tests.house.code import ROOT

# Where the column itself is read or written.
KNOWN = {
    "organizations/models/organization.py", "organizations/actions/register.py", "organizations/duplicates.py",
    "organizations/register_file/columns.py", "organizations/register_file/comparing.py",
    "organizations/register_file/template.py", "organizations/register_file/checking.py",
    "organizations/queries/standing.py", "organizations/queries/verification.py",  # masked, or as account.py says
    "organizations/templates/organizations/staff/organization.html",  # masked
    "organizations/forms/organization.py",  # masked by its view, unless account.py says otherwise
    "ventures/eligibility/duplicates.py", "ventures/screening/queries/queue.py",  # compared in SQL
    "ventures/application/content/content.py",  # without_account, unless account.py says otherwise
    "ventures/templates/ventures/application/_form.html",  # of such content
    "funding/queries.py", "funding/views/staff.py", "reports/queries/money.py",  # masked
    "simulation/chance.py",  # made up
}  # fmt: skip
SHOWS = {
    "funding/views/staff.py", "organizations/views/editing.py", "organizations/views/staff.py", "ventures/requested.py",
}  # fmt: skip
ROOMS = ("organizations", "rounds", "ventures", "reviews", "funding", "delivery", "showcases", "reports", "simulation")


def naming(what: str) -> set[str]:
    files = (p for room in ROOMS for kind in ("py", "html") for p in (ROOT / room).rglob(f"*.{kind}"))
    return {
        str(p.relative_to(ROOT))
        for p in files
        if "migrations" not in p.parts and re.search(what, p.read_text(encoding="utf-8"))
    }


def test_no_other_file_touches_the_account() -> None:
    assert naming(r"\bbank_account\b|organization__bank_account") == KNOWN | {"organizations/account.py"}


def test_what_shows_it_whole_asks_the_one_function() -> None:
    assert naming("is_shown_whole") - {"organizations/account.py"} == SHOWS
