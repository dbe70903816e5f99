"""What the bureau's register says of the organizations of a story: verified, inspected, rated, marked (demonstration data)."""

from datetime import date

from accounts.models import User
from common.clock import today
from organizations import actions
from organizations.models import AnnualInspection, Organization, PartyMark, Rating

VALID_YEARS = 5


def keep_register(organization: Organization, *, by: User) -> None:
    """Enter what is missing; a second story with the same organization finds it there."""
    n, year = organization.pk, today().year
    if not AnnualInspection.objects.filter(organization=organization, year=year - 1).exists():
        # The bureau concludes a year's inspection by the end of June of the next; the calls of stories are in spring.
        conclusion = AnnualInspection.Conclusion.BASICALLY if n % 7 == 3 else AnnualInspection.Conclusion.PASSED
        actions.enter(AnnualInspection(organization=organization, year=year - 1, conclusion=conclusion), by=by)
    if organization.is_verified:
        return
    actions.verify(organization, by=by)
    if n % 4:
        awarded = date(year - 1 - n % 3, 12, 1)
        until = awarded.replace(year=awarded.year + VALID_YEARS, month=11, day=30)
        grade = 2 + n % 4
        actions.enter(Rating(organization=organization, grade=grade, awarded_on=awarded, valid_until=until), by=by)
    if organization.party_form != Organization.PartyForm.NONE:
        for kind in list(PartyMark.Kind)[: 2 + n % 3]:
            actions.enter(PartyMark(organization=organization, kind=kind, done_on=date(year - 1, 6, 30)), by=by)
