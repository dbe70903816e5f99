"""The first visit of each role, in four steps, in the order of its work."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from common.site.guide import Step, guide

guide(
    Role.APPLICANT,
    Step(
        _("Your ventures and what waits for you"),
        _("What you have to do stands on top, with its due day. Register your organization here first, with its unified social credit code."),
        "apply_home",
    ),
    Step(
        _("Choose a call"),
        _("Open a round, read who may apply and what is granted, and begin. The sections can be filled in any order; what you type is saved by itself."),
        "rounds",
    ),
    Step(
        _("Messages"),
        _("Returned for correction, awarded, paid: each message says which venture, by when, and leads to its page."),
        "my_notifications",
    ),
    Step(
        _("Your phone and mail"),
        _("Messages and mails go to what stands here. Keep it up to date: a correction has a due day."),
        "account",
    ),
)  # fmt: skip
guide(
    Role.EXPERT,
    Step(
        _("First the conflicts"),
        _("Declare them before you open anything: a venture you recuse yourself from is closed to you, and somebody else scores it."),
        "review_home",
    ),
    Step(
        _("Then the scores"),
        _("Application and score sheet stand beside each other. What you enter is saved by itself; handed in, a sheet is locked. You do not see the scores of others."),
        "review_home",
    ),
    Step(
        _("Messages"),
        _("A new date, a sheet that was reopened, a reminder: it comes here and by mail."),
        "my_notifications",
    ),
    Step(
        _("Your account"),
        _("Name, phone, password and the second step of logging in. On a tablet that others use, log out when you are done."),
        "account",
    ),
)  # fmt: skip
guide(
    Role.CLERK,
    Step(_("Today"), _("What waits, for you first, the oldest on top; what is late stands in red."), "desk_home"),
    Step(
        _("Screening"),
        _("Answer each line of the checklist, then accept, return or refuse. Keys j, k, a, r. What you enter for an organization (代录) somebody else decides."),
        "desk_screening",
    ),
    Step(
        _("Deliveries"),
        _("Activities, mid-term and final reports: assess them, see who is late and remind one or many."),
        "desk_delivery",
    ),
    Step(
        _("Organizations"),
        _("The register: verify what was declared, import from Excel, look an organization's record up."),
        "desk_organizations",
    ),
)  # fmt: skip
guide(
    Role.MANAGER,
    Step(_("Today"), _("What waits for your decision stands first, with its due day; below it what others have."), "desk_home"),
    Step(_("Rounds"), _("Set a round up card by card, then open its call. What is missing is said at each card."), "desk_rounds"),
    Step(
        _("Reviewing"),
        _("Seat the panel, begin the review, and confirm the selection when every score is in."),
        "desk_reviews",
    ),
    Step(
        _("Notices and closure"),
        _("Publish the notice, rule on objections, award when it is over. Each venture is closed when its conditions are met."),
        "desk_notices",
    ),
)  # fmt: skip
guide(
    Role.FINANCE,
    Step(_("Today"), _("Agreements to register and tranches to pay stand first, with the day they are due."), "desk_home"),
    Step(
        _("Agreements and payments"),
        _("What can be paid now and what still waits, by round, and why. Register an agreement; the tranches are cut from it."),
        "desk_payments",
    ),
    Step(
        _("Payments made"),
        _("Compare the account before you pay, then record voucher and day. What was recorded is never changed: a wrong entry gets a counter-entry."),
        "desk_payments_made",
    ),
    Step(_("Summaries"), _("Award, paid, spent and left of every venture, in Excel, by round and level."), "desk_reports"),
)  # fmt: skip
guide(
    Role.OPERATOR,
    Step(_("Today"), _("What waits on your platform and those below it."), "desk_home"),
    Step(_("Ventures"), _("The ventures of your platform: search, filter, see who has each and since when."), "desk_ventures"),
    Step(_("Organizations"), _("Record which organizations enter your platform or graduate from it."), "desk_organizations"),
    Step(_("Summaries"), _("Order your sheets in Excel; each says for whom it was made."), "desk_reports"),
)  # fmt: skip
guide(
    Role.SUPERVISOR,
    Step(_("Today"), _("How far each round is and what is late. You read everything of the office and change nothing."), "desk_home"),
    Step(_("Journal"), _("Who did what, with which venture, when. It is written once and never changed."), "desk_journal"),
    Step(_("Access log"), _("Who came in, who was refused, who saw a whole account number or took an export."), "desk_access_log"),
    Step(_("Summaries"), _("Order the workbook of any round and check it against the pages."), "desk_reports"),
)  # fmt: skip
guide(
    Role.ADMIN,
    Step(_("Today"), _("Accounts that wait, and the age of the last backup."), "desk_home"),
    Step(_("People"), _("Invite people with the role of their work and hand the link to them."), "desk_people"),
    Step(
        _("Second person"),
        _("Roles of trust and reset factors need somebody else's word; what you asked for waits here."),
        "desk_account_requests",
    ),
    Step(_("Access log"), _("Log-ins and failures, refusals, changed roles. Nobody can change a line."), "desk_access_log"),
)  # fmt: skip
