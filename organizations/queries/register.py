"""What can be asked about organizations, platforms and places."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from organizations.models import ApplicantKind, Incubation, Organization, Platform


def organizations_of(user: Any) -> Any:
    """Organizations in which the user has a part."""
    return Organization.objects.filter(memberships__user=user)


def subtree(platform: Platform) -> list[int]:
    """Ids of the platform and of all below it (three tiers: two steps down)."""
    ids = {platform.pk}
    children = list(Platform.objects.filter(parent_id__in=ids).values_list("pk", flat=True))
    while children:
        ids.update(children)
        children = list(Platform.objects.filter(parent_id__in=children).values_list("pk", flat=True))
    return sorted(ids)


def platforms_of(user: Any) -> list[int]:
    """Ids of the platforms that an operator runs, with everything below."""
    ids: set[int] = set()
    for platform in Platform.objects.filter(operators=user):
        ids.update(subtree(platform))
    return sorted(ids)


def organizations_for_desk(user: Any) -> Any:
    """What the desk sees: staff and the supervisor the whole register, an operator those on its own platforms."""
    if user.has_perm("accounts.read_journal"):
        return Organization.objects.all()
    return Organization.objects.filter(incubations__platform__in=platforms_of(user)).distinct()


def platforms_for_desk(user: Any) -> Any:
    """Staff and the supervisor see every platform, an operator its own and those below."""
    if user.has_perm("accounts.read_journal"):
        return Platform.objects.all()
    return Platform.objects.filter(pk__in=platforms_of(user))


NO_KIND = "other"  # a code that no kind of applicants knows


def of_kind(organizations: Any, code: str) -> Any:
    """Those of a kind of applicants (its code); "" leaves all, "other" those of none. One query for the kinds."""
    if not code:
        return organizations
    if code == NO_KIND:
        known = Q()
        for kind in ApplicantKind.objects.all():
            known |= _by_number(kind)
        return organizations.exclude(known)
    wanted = ApplicantKind.objects.filter(code=code).first()
    return organizations.filter(_by_number(wanted)) if wanted else organizations.none()


def _by_number(kind: ApplicantKind) -> Q:
    """As `kind_among` reads it."""
    said = Q(applicant_kind=kind)
    if kind.identified_by == "host":
        said |= Q(host__isnull=False)
    for prefix in kind.prefixes:
        said |= Q(credit_code__startswith=prefix)
    return said


def with_incubation(organizations: Any, which: str) -> Any:
    """Those that are on a platform now, have left one (and are on none), or never were; "" leaves all."""
    stays = Incubation.objects.filter(organization=OuterRef("pk"))
    inside = Exists(stays.filter(graduated_on=None))
    match which:
        case "now":
            return organizations.filter(inside)
        case "graduated":
            return organizations.filter(~inside, Exists(stays))
        case "never":
            return organizations.filter(~Exists(stays))
    return organizations
