"""What the head of each page says: what happens here, what comes next, what can not be undone."""

from django.utils.translation import gettext_lazy as _

from common.site.page_help import page_help

page_help(
    "apply_organization_new",
    here=_("Register your organization by its unified social credit code."),
    then=_("You are its owner and can apply at once; the office verifies it meanwhile."),
)
page_help(
    "apply_group_new",
    "apply_host_decline",
    here=_("A group on record applies through a registered organization."),
    then=_("The host agrees first."),
)
page_help(
    "apply_other_new",
    here=_("Register a party organization or a person, whom some rounds let in."),
    then=_("You can apply at once; the office verifies it meanwhile."),
)
page_help(
    "apply_organization",
    here=_("Facts and bank account of your organization."),
    then=_("What decides about eligibility is verified again when it changes."),
)
page_help(
    "apply_inspections_add",
    "apply_inspections",
    "apply_ratings_add",
    "apply_ratings",
    "apply_grants_add",
    "apply_grants",
    here=_("Annual inspection, rating and earlier grants, which rounds ask for."),
    then=_("The office checks it against the register."),
)
page_help(
    "apply_people",
    here=_("Who works for your organization here, and with which part."),
    then=_("Invite a colleague by code or mail; an editor writes applications with you."),
)
page_help(
    "apply_join_code",
    "apply_join",
    here=_("Join an organization by its invitation code."),
    then=_("Its ventures stand on your page then."),
)
page_help(
    "desk_organizations",
    here=_("The register: search, filter, see what is to be verified."),
    then=_("Open one to verify it or to record inspections and credit."),
)
page_help(
    "desk_organization",
    here=_("One organization with records, people, ventures and possible duplicates."),
    then=_("Verify it, or say what is wrong."),
)
page_help(
    "desk_organization_edit",
    here=_("Put facts of an organization right."),
    then=_("Verified facts are verified again; who changes the account does not verify it."),
)
page_help(
    "desk_organization_imports",
    "desk_organization_import",
    here=_("Take in a register from Excel: it is checked and previewed first."),
    then=_("Correct the file until there are no errors, then store it whole."),
    final=_("What is stored changes the register at once."),
)
page_help(
    "desk_incubation_add",
    "desk_incubation_graduate",
    here=_("Record that an organization enters a platform, or graduates from it."),
    then=_("The incubation sheet counts it."),
)
page_help(
    "desk_inspections_add",
    "desk_inspections",
    "desk_ratings_add",
    "desk_ratings",
    "desk_listings_add",
    "desk_listings",
    "desk_penalties_add",
    "desk_penalties",
    "desk_bans_add",
    "desk_bans",
    "desk_grants_add",
    "desk_grants",
    "desk_marks_add",
    "desk_marks",
    here=_("A record of an organization: inspection, rating, credit list, penalty, ban, earlier grant or mark."),
    then=_("Eligibility checks read it from now on."),
    final=_("A wrong record is struck with its reason, never deleted."),
)
page_help(
    "desk_platforms",
    here=_("Incubation platforms of city, towns and villages, with their organizations."),
)
