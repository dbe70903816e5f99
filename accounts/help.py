"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "me",
    "account",
    here=_("Your name, phone and mail, and what is stored about you."),
    then=_("Messages and mails go to what stands here."),
)
page_help(
    "change_password",
    here=_("A new password for your account."),
    then=_("You stay logged in here and are logged out everywhere else."),
)
page_help(
    "my_notifications",
    here=_("Messages of the system to you, the newest first."),
    then=_("A message leads to the page it is about."),
)
page_help(
    "factor_verify",
    "factor_set_up",
    "factor_codes",
    here=_("The second step of logging in: a code of your phone, or a recovery code."),
    then=_("Keep the recovery codes on paper: each works once."),
)
page_help(
    "factor_remove",
    here=_("Take the second step off your account."),
    final=_("Roles of trust have to set up another one at the next log-in."),
)
page_help(
    "desk_people",
    here=_("Everybody with an account, by role and state."),
    then=_("Open a person to change a role, make a link or shut the account."),
)
page_help(
    "desk_people_invite",
    here=_("Make an account for somebody who works here; they set the password by a link."),
    then=_("Hand over the link. Roles of trust wait for a second person first."),
)
page_help(
    "desk_person",
    here=_("One account: role, link, second factor, and what was done to it."),
    then=_("Whoever is changed is told; a changed role logs them out."),
)
page_help(
    "desk_account_requests",
    here=_("What one administrator asked for and a second person confirms."),
    then=_("Confirm or refuse; it lapses by itself after 7 days."),
)
page_help(
    "desk_access_log",
    here=_("Log-ins, refusals, changed roles, exports and shown account numbers."),
    final=_("Nobody can change or delete a line."),
)
