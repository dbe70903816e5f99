"""What can be done with organizations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.errors import Invalid, NotAllowed
from common.models import record
from organizations.models import Membership, Organization


@transaction.atomic
def register(*, by: Any, **fields: Any) -> Organization:
    """Register an organization; `by` becomes its owner. Raises Invalid(fields) with the rule that is broken."""
    if not by.has_perm("organizations.register"):
        raise NotAllowed
    organization = Organization(**fields)
    _store(organization)
    Membership.objects.create(user=by, organization=organization, part=Membership.Part.OWNER)
    record(organization, "register", by=by, code=organization.credit_code)
    return organization


@transaction.atomic
def edit(organization: Organization, *, by: Any, **fields: Any) -> Organization:
    """Change the organization's data."""
    if not by.has_perm("organizations.edit", organization):
        raise NotAllowed
    for name, value in fields.items():
        setattr(organization, name, value)
    _store(organization)
    record(organization, "edit", by=by, fields=", ".join(sorted(fields)))
    return organization


def _store(organization: Organization) -> None:
    try:
        organization.full_clean()
    except ValidationError as e:
        raise Invalid(e.message_dict) from None
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError as e:  # somebody registered the same between the question and the answer
        if "credit_code" in str(e):
            raise Invalid({"credit_code": [_("This code is registered already.")]}) from None
        if "name" in str(e):
            raise Invalid({"name": [_("An organization of this name is registered already.")]}) from None
        raise
