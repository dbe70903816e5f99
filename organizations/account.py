"""Where a grant is paid to. A page, a paper or a form shows a whole account number only if this says so; elsewhere it is
masked (tests/house/test_accounts.py)."""

from typing import Any

from accounts.access_log import log
from accounts.models import Kind, Role
from organizations.models import Organization


def is_shown_whole(organization: Organization, *, by: Any) -> bool:
    """Whether this reader is shown the account with all its digits. That the office was stands in the access log; people
    of the organization read their own."""
    if not by.has_perm("organizations.see_money", organization):
        return False
    if organization.bank_account and not by.is_a(Role.APPLICANT):
        log(Kind.ACCOUNT_SHOWN, by=by, what=f"{organization} {organization.masked_account}", about=str(organization.pk))
    return True
