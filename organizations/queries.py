"""What can be asked about organizations, platforms and places."""

from typing import Any

from organizations.models import Organization, Platform


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
