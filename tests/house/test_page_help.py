"""No page is silent: each says in its head what happens there, what comes next and what can not be undone."""

import pytest
from django.test import Client
from django.urls import reverse

from common.site.checks import patterns
from common.site.page_help import helped
from tests.factories import a_user
from tests.web.desk_world import body

# For everybody: official papers and pages that say themselves what they are for.
SELF_EXPLAINING = {
    "home", "rounds", "round", "notices", "notice", "notice_object", "notice_objected", "notice_find_objection", "venture",
    "help", "showcases", "showcase", "login", "register", "forgotten", "reset_password", "use_link",
}  # fmt: skip
# Files, fragments, redirects and what machines ask for.
NO_PAGE = {
    "healthz", "set_language", "desk_menu", "apply_file", "desk_file", "apply_pdf", "apply_submission_pdf", "desk_pdf",
    "desk_submission_pdf", "apply_table_out", "desk_organization_template", "desk_organization_import_progress",
    "desk_reports_list", "desk_report_download", "components", "my_calendar", "round_calendar",
}  # fmt: skip


def pages() -> set[str]:
    return {
        str(pattern.name) for __, pattern in patterns() if "GET" in (getattr(pattern.callback, "methods", None) or ())
    }


def test_every_page_says_what_happens_there() -> None:
    silent = pages() - helped() - SELF_EXPLAINING - NO_PAGE
    assert not silent, f"say it in the help.py of the room: {sorted(silent)}"


def test_nothing_is_said_of_pages_that_are_not_there() -> None:
    assert not helped() - pages()
    assert not helped() & (SELF_EXPLAINING | NO_PAGE)


@pytest.mark.django_db
def test_the_help_stands_in_the_head_of_the_page() -> None:
    client = Client()
    client.force_login(a_user("manager"))
    page = body(client.get(reverse("desk_payments")))
    head = page[page.index("page-header") : page.index("page-body")]
    assert "本页说明" in head and "银行付款完成后登记拨付" in head
