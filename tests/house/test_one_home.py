"""What is decided in one place is not written a second time: names of actors, amounts, addresses, 24:00; nor read from the journal."""

import ast
import re

from tests.house.code import nodes

MESSAGES = {"_", "gettext", "gettext_lazy", "ngettext"}
AUDIENCES = re.compile(r"^/(apply|desk|review|me|login|rounds|notices)/")


def test_a_name_of_an_actor_is_cut_in_one_place() -> None:
    found = [
        f"{where}:{node.lineno} {ast.unparse(node)}"
        for where, node in nodes()
        if where != "common/machine/actors.py"
        and (
            (isinstance(node, ast.Subscript) and re.match(r"str\((\w+\.)*by\)\[", ast.unparse(node)))
            or (
                isinstance(node, ast.keyword)
                and re.search(r"(^|_)by_name$", node.arg or "")
                and re.match(r"(str\()?(\w+\.)*by\b", ast.unparse(node.value))
            )
        )
    ]
    assert not found


# Who shows the journal, tells of it in a message or counts it. Nothing is permitted and nothing listed by what it says.
READERS_OF_THE_JOURNAL = {
    "accounts/views/staff.py", "common/machine/door.py", "common/site/comparing.py", "common/views/journal.py", "common/work_calendar/years.py",
    "organizations/actions/register.py", "simulation/play.py", "simulation/already_played.py",
    "rounds/actions/preparing.py", "ventures/page/slots.py", "ventures/notifications.py",
}  # fmt: skip


def test_nothing_is_permitted_or_listed_by_the_journal() -> None:
    reading = re.compile(r"JournalEntry\.objects\.(?!create|bulk_create)")
    found = {where for where, node in nodes() if isinstance(node, ast.Attribute) and reading.match(ast.unparse(node))}
    found = {where for where in found if "invariants" not in where}  # the laws hold the journal and the rows together
    assert found == READERS_OF_THE_JOURNAL


def test_an_amount_becomes_text_in_one_place() -> None:
    """The width of a cell is measured by the number format of the sheet."""
    homes = {"common/money.py", "reports/writer/measure.py"}
    found = [
        f"{where}:{node.lineno} {ast.unparse(node)}"
        for where, node in nodes()
        if where not in homes and isinstance(node, ast.FormattedValue) and ",.2f" in ast.unparse(node)
    ]
    assert not found


def test_an_address_is_reversed_and_not_typed() -> None:
    found = [
        f"{where}:{node.lineno} {node.value}"
        for where, node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and AUDIENCES.match(node.value)
    ]
    assert not found


def test_24_o_clock_is_told_in_one_place() -> None:
    """Sentences and comments may say it of a day; what is computed, stored and read comes from one module."""
    said = {
        id(part)
        for __, node in nodes()
        if isinstance(node, ast.Expr) or (isinstance(node, ast.Call) and ast.unparse(node.func) in MESSAGES)
        for part in ([node.value] if isinstance(node, ast.Expr) else node.args)
    }
    found = [
        f"{where}:{node.lineno} {node.value[:60]}"
        for where, node in nodes()
        if where != "common/deadlines.py"
        and isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "24:00" in node.value
        and id(node) not in said
    ]
    assert not found
