from django.urls import path

from organizations.actions.records import DECLARED
from organizations.views import applicant, people

urlpatterns = [
    path("organizations/new/", applicant.register, name="apply_organization_new"),
    path("organizations/new-group/", applicant.register_group, name="apply_group_new"),
    path("organizations/new-other/", applicant.register_other, name="apply_other_new"),
    path("organizations/<int:pk>/", applicant.organization, name="apply_organization"),
    path("organizations/<int:pk>/host/ask/", applicant.ask_host, name="apply_host_ask"),
    path("organizations/<int:pk>/host/agree/", applicant.agree_to_host, name="apply_host_agree"),
    path("organizations/<int:pk>/host/decline/", applicant.decline_to_host, name="apply_host_decline"),
    path("organizations/<int:pk>/people/", people.people, name="apply_people"),
    path("organizations/<int:pk>/people/invite/", people.invite, name="apply_people_invite"),
    path("organizations/<int:pk>/people/leave/", people.leave, name="apply_people_leave"),
    path("memberships/<int:pk>/part/", people.change_part, name="apply_membership_part"),
    path("memberships/<int:pk>/remove/", people.remove, name="apply_membership_remove"),
    path("invitations/<int:pk>/revoke/", people.revoke, name="apply_invitation_revoke"),
    path("join/", people.enter_code, name="apply_join_code"),
    path("join/<str:code>/", people.join, name="apply_join"),
]
for kind in DECLARED:
    urlpatterns += [
        path(
            f"organizations/<int:pk>/{kind.slug}/add/",
            applicant.declare,
            {"kind": kind},
            name=f"apply_{kind.slug}_add",
        ),
        path(
            f"organizations/{kind.slug}/<int:pk>/", applicant.declare_again, {"kind": kind}, name=f"apply_{kind.slug}"
        ),
    ]
