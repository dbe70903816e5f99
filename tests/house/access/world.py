"""One of everything that an address can name, and everybody who may ask for it: those it belongs to and those it does not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import AccountLink, AccountRequest, Role, User
from common.clock import now
from common.machine.actors import SYSTEM
from common.models import Job, StoredFile
from delivery.models import Activity, Report
from funding.models import Award, Expense, Tranche
from organizations.models import (
    AnnualInspection,
    Ban,
    CreditListing,
    EarlierGrant,
    Incubation,
    Membership,
    Organization,
    Part,
    PartyMark,
    Penalty,
    Rating,
    RegisterImport,
)
from reports.audience import Audience
from reports.models import Workbook
from reviews.models import Panel, PanelMember, Recusal, Review
from rounds.models import AttachmentRule, FormSection, Question, RoundTemplate
from rounds.states import RoundState
from showcases.models import Event, Exhibit, ProgrammeItem
from tests.factories import a_platform, a_round, a_user, a_venture, an_applicant, an_invitation, an_organization
from ventures.application.actions.applying import freeze_submission
from ventures.models import Attachment, Notice, NoticeLine, Objection, Venture
from ventures.notices.queries import receipt_of
from ventures.states import TABLE, Group, State

Ids = dict[str, Any]

ENTERED, SEALED = "entered by the office", "of a sealed round"

# A round is where its ventures can have brought it.
ROUNDS: dict[str, tuple[Group, ...]] = {
    RoundState.PREPARING: (),
    RoundState.OPEN: (Group.DRAFT, Group.SCREENING),
    RoundState.IN_REVIEW: (Group.REVIEW, Group.SELECTION),
    RoundState.ON_NOTICE: (Group.NOTICE,),
    RoundState.IN_DELIVERY: (Group.AGREEMENT, Group.DELIVERY, Group.EVALUATION, Group.CLOSURE, Group.TERMINATION),
}


class World:
    """Everything belongs to one organization on one platform. `ventures` by state, `rounds` by state, `things` by the noun of
    their address, `readers` by the name of their column."""

    def __init__(self) -> None:
        self.owner, self.organization = an_applicant()
        self.platform = a_platform()
        self.rounds = {
            state: a_round(state, platform=self.platform, quota=40, budget=Decimal(2_000_000)) for state in ROUNDS
        }
        self.ventures: dict[str, Venture] = {
            state: a_venture(state, round=self.rounds[of], organization=self.organization)
            for of, groups in ROUNDS.items()
            for state in State
            if TABLE[state].group in groups
        }
        self.readers: dict[str, Any] = {
            "anonymous": AnonymousUser(),
            **self._applicants(),
            **self._experts(),
            **self._staff(),
        }
        self.ventures |= self._out_of_the_ordinary()
        self.things: Ids = {
            **self._papers(),
            **self._money(),
            **self._notice(),
            **self._showcase(),
            **self._records(),
            **self._people(),
            "question": self._question(),
            "workbook": self._workbook(),
            "templates": RoundTemplate.objects.create(name="本局模板", content={"format": 1, "cards": {}}).pk,
        }

    # --- Who asks -----------------------------------------------------------------------------------------------------

    def _applicants(self) -> dict[str, User]:
        parts = {part: a_user() for part in (Part.EDITOR, Part.FINANCE, Part.READER)}
        self.memberships = {
            part: Membership.objects.create(user=user, organization=self.organization, part=part)
            for part, user in parts.items()
        }
        return {
            "owner": self.owner,
            **{str(part): user for part, user in parts.items()},
            "other applicant": an_applicant()[0],
        }

    def _experts(self) -> dict[str, User]:
        """One is to score and to declare conflicts, one has recused herself, one is of no panel."""
        experts = {name: a_user(Role.EXPERT) for name in ("expert", "recused expert", "other expert")}
        venture = self.ventures[State.IN_REVIEW]
        panel = Panel.objects.create(round=venture.round)
        for n, name in enumerate(("expert", "recused expert"), 1):
            PanelMember.objects.create(panel=panel, expert=experts[name], ordinal=n)
        self.review = Review.objects.create(venture=venture, expert=experts["expert"])
        recused = experts["recused expert"]
        self.recused_review = Review.objects.create(venture=venture, expert=recused, state=Review.State.RECUSED)
        for row in (venture, self.ventures[State.ELIGIBLE]):
            Recusal.objects.create(venture=row, expert=recused, reason=Recusal.Reason.BOARD)
        return experts

    def _staff(self) -> dict[str, User]:
        operators = {"operator": self.platform, "other operator": a_platform(name="另一个平台")}
        found = {name: a_user(Role.OPERATOR) for name in operators}
        for name, platform in operators.items():
            platform.operators.add(found[name])
        roles = (Role.CLERK, Role.FINANCE, Role.MANAGER, Role.SUPERVISOR, Role.ADMIN)
        return found | {"finance officer" if role == Role.FINANCE else str(role): a_user(role) for role in roles}

    # --- What is asked for --------------------------------------------------------------------------------------------

    def _out_of_the_ordinary(self) -> dict[str, Venture]:
        """What somebody sees who else would not, and the other way round."""
        sealed = a_round(RoundState.OPEN, platform=self.platform, sealed=True)
        ours = {"organization": self.organization, "platform": self.platform}
        return {
            ENTERED: a_venture(
                State.DRAFT, round=self.rounds[RoundState.OPEN], entered_by=self.readers["clerk"], **ours
            ),
            SEALED: a_venture(State.SUBMITTED, round=sealed, **ours),
        }

    def _papers(self) -> Ids:
        """A paper with a file, on the drafts and on what was handed in; of the latter a version."""
        found: Ids = {}
        for of in (State.DRAFT, State.SUBMITTED, ENTERED, SEALED):
            venture = self.ventures[of]
            rule, __ = AttachmentRule.objects.get_or_create(round=venture.round, ordinal=1, label="登记证书")
            file = a_file(f"证书{venture.pk}.pdf")
            attachment = Attachment.objects.create(venture=venture, rule=rule, file=file)
            found |= {f"rule of {of}": rule.pk, f"file of {of}": file.pk, f"attachment of {of}": attachment.pk}
        for of in (State.SUBMITTED, SEALED):
            freeze_submission(self.ventures[of], by=SYSTEM, at=now())
        return found

    def _money(self) -> Ids:
        """Awards, a tranche; the reports that are assessed before more is paid."""
        for state, kind in ((State.MID_TERM, Report.Kind.MID_TERM), (State.IN_EVALUATION, Report.Kind.FINAL)):
            Report.objects.create(venture=self.ventures[state], kind=kind, progress="进展")
        award = {"amount": 50000, "signed_on": date(2020, 3, 1)}
        for n, state in enumerate((State.IN_DELIVERY, State.TERMINATING, State.SHOWN)):
            made = Award.objects.create(venture=self.ventures[state], agreement_number=f"XY-{n}", **award)
        tranche = Tranche.objects.create(
            award=made, ordinal=1, label="首期款", percent=100, amount=50000, trigger="agreement"
        )
        running = Award.objects.get(venture=self.ventures[State.IN_DELIVERY])
        Award.objects.filter(pk=running.pk).update(paid=Decimal(100), spent=Decimal(1))
        spent = Expense.objects.create(
            award=running, spent_on=date(2020, 3, 2), head="活动费用", summary="材料", amount=1, voucher_number="1"
        )
        held = Activity.objects.create(
            venture=self.ventures[State.IN_DELIVERY], held_on=date(2020, 3, 2), topic="走访", attendance=1
        )
        return {"tranche": tranche.pk, "expense": spent.pk, "activity": held.pk}

    def _notice(self) -> Ids:
        round_, venture = self.rounds[RoundState.ON_NOTICE], self.ventures[State.ON_NOTICE]
        notice = Notice.objects.create(
            round=round_,
            title="公示",
            opens_on=now().date(),
            closes_on=now().date() + timedelta(days=7),
            days=5,
        )
        for n, state in enumerate((State.ON_NOTICE, State.OBJECTED), 1):
            line = self.ventures[state]
            NoticeLine.objects.create(notice=notice, venture=line, ordinal=n, amount=line.awarded)
        objection = Objection.objects.create(notice=notice, venture=venture, name="市民", contact="1", text="理由")
        return {"notice": notice.pk, "objection": objection.pk, "receipt": receipt_of(objection)}

    def _showcase(self) -> Ids:
        begin = now() + timedelta(days=30)
        event = Event.objects.create(
            name="成果展", starts_at=begin, ends_at=begin + timedelta(hours=3), venue="中心", is_public=True
        )
        event.shows.add(self.rounds[RoundState.IN_DELIVERY])
        exhibit = Exhibit.objects.create(event=event, venture=self.ventures[State.EVALUATED], ordinal=1)
        item = ProgrammeItem.objects.create(event=event, ordinal=1, title="开场")
        return {"showcase": event.pk, "exhibit": exhibit.pk, "item": item.pk}

    def _records(self) -> Ids:
        """One record of each kind, a stay on a platform, an import."""
        day = date(2020, 1, 1)
        rows: dict[str, Any] = {
            "inspections": AnnualInspection(year=2019, conclusion="passed"),
            "ratings": Rating(grade=3, awarded_on=day, valid_until=day),
            "listings": CreditListing(kind="abnormal", ground="未报年报", listed_on=day),
            "penalties": Penalty(authority="平湖市民政局", ground="超范围活动", decided_on=day),
            "grants": EarlierGrant(level="province", year=2019, programme="福彩公益金项目"),
            "bans": Ban(reason="终止", from_on=day, until_on=day),
            "marks": PartyMark(kind="rating", done_on=day),
            "incubations": Incubation(platform=self.platform, entered_on=day),
        }
        for row in rows.values():
            row.organization = self.organization
            row.save()
        file = a_file("社会组织名录.xlsx")
        import_ = RegisterImport.objects.create(file=file, by_id=0, by_name="初审员", state="refused")
        return {noun: row.pk for noun, row in rows.items()} | {"import": import_.pk}

    def _people(self) -> Ids:
        new = an_organization()  # nobody has come to it yet: the office invites its first person
        return {
            "membership": self.memberships[Part.READER].pk,
            "invitation": an_invitation(self.organization).pk,
            "group": self._group().pk,
            "code": an_invitation(self.organization).code,
            "first invitation": an_invitation(new, part=Part.OWNER, made_by=self.readers["clerk"], by_desk=True).pk,
            "new organization": new.pk,
            "person": a_user().pk,
            "request": self._request(),
            "link": AccountLink.objects.create(user=a_user(), reason=AccountLink.Reason.INVITATION).code,
        }

    def _request(self) -> int:
        """Of an administrator, for a second person."""
        person = a_user(Role.CLERK)
        return AccountRequest.objects.create(deed="role", role=Role.FINANCE, person=person, by_name="管理员").pk

    def _group(self) -> Organization:
        """A 备案 group that asks the organization to be its host."""
        group = an_organization(credit_code="", host=self.organization)
        Organization.objects.filter(pk=group.pk).update(hosting=Organization.Hosting.ASKED)
        return group

    def _question(self) -> int:
        section = FormSection.objects.create(round=self.rounds[RoundState.PREPARING], slug="more", ordinal=1)
        return Question.objects.create(section=section, ordinal=1, kind="text", label="补充问题").pk

    def _workbook(self) -> int:
        job = Job.objects.create(kind="workbook", state=Job.State.DONE)
        workbook = Workbook.objects.create(
            job=job, round=self.rounds[RoundState.IN_DELIVERY], platform=self.platform, sheets=[], audience=Audience.PLATFORM,
            as_of=date(2020, 1, 1),
            name="汇总.xlsx", path="none.xlsx", size=1, sha256="0" * 64,
        )  # fmt: skip
        return workbook.pk


def a_file(name: str) -> StoredFile:
    path = f"{name}.stored"
    return StoredFile.objects.create(
        name=name, kind=name[-4:].strip("."), size=1, sha256="1" * 64, path=path, by_name="申报人"
    )
