"""The people of a story as accounts, and the organizations that they apply for."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Role, User
from organizations import actions as organizations
from organizations.models import Incubation, Organization, Place, Platform
from simulation.register import keep_register
from simulation.story import Applicant, Person, SimulationError, Story


class Cast:
    """Who acts: accounts by username, and one of each staff role by its role."""

    def __init__(self, story: Story) -> None:
        # One hash for all: hashing is slow on purpose, and the password of a demonstration is printed anyway.
        self._password = make_password(story.password)
        self._users: dict[str, User] = {}
        self.organizations: dict[str, Organization] = {}
        people = [*story.people, *(_person(a) for a in story.applicants)]
        known = {u.username: u for u in User.objects.filter(username__in=[p.username for p in people])}
        for person in people:
            self._users[person.username] = known.get(person.username) or self._make(person, is_demo=story.is_demo)
        self._by_role = {p.role: self._users[p.username] for p in reversed(people)}
        self._register(story.applicants, story.is_demo)

    def _make(self, person: Person, *, is_demo: bool) -> User:
        user = User.objects.create(
            username=person.username,
            name=person.name,
            role=person.role,
            unit=person.unit,
            password=self._password,
            is_demo=is_demo,
        )
        if person.platform:
            Platform.objects.get(name=person.platform).operators.add(user)
        return user

    def _register(self, applicants: Iterable[Applicant], is_demo: bool) -> None:
        known = {
            o.credit_code: o
            for o in Organization.objects.filter(credit_code__in=[a.facts["credit_code"] for a in applicants])
        }
        places = {p.code: p for p in Place.objects.all()}
        for applicant in applicants:
            facts: dict[str, Any] = {**applicant.facts, "place": places[applicant.facts["place"]], "is_demo": is_demo}
            organization = known.get(facts["credit_code"])
            if organization is None:
                organization = organizations.register(by=self[applicant.username], **facts)
                incubate(organization, applicant)
            elif not organization.memberships.filter(user=self[applicant.username]).exists():
                raise SimulationError(f"{organization.credit_code} belongs to {organization} already")
            keep_register(organization, by=self.clerk)
            self.organizations[applicant.username] = organization

    def __getitem__(self, username: str) -> User:
        try:
            return self._users[username]
        except KeyError:
            raise SimulationError(f"account {username}?") from None

    def _one(self, role: Role) -> User:
        try:
            return self._by_role[role]
        except KeyError:
            raise SimulationError(f"no account with the role {role}") from None

    @property
    def clerk(self) -> User:
        return self._one(Role.CLERK)

    @property
    def manager(self) -> User:
        return self._one(Role.MANAGER)

    @property
    def finance(self) -> User:
        return self._one(Role.FINANCE)


def incubate(organization: Organization, applicant: Applicant) -> None:
    """入孵, and 出孵 if the story says so."""
    if stay := applicant.incubated:
        Incubation.objects.create(
            organization=organization,
            platform=Platform.objects.get(name=stay["platform"]),
            entered_on=stay["since"],
            graduated_on=stay.get("until"),
        )


def _person(applicant: Applicant) -> Person:
    name = applicant.facts["name"]
    return Person(applicant.username, f"申报员（{name}）"[:60], Role.APPLICANT, name)
