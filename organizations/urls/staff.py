from django.urls import path

from organizations.models import RECORDS
from organizations.views import importing, records
from organizations.views import staff as views

urlpatterns = [
    path("organizations/", views.listing, name="desk_organizations"),
    path("organizations/import/", importing.imports, name="desk_organization_imports"),
    path("organizations/import/template/", importing.template, name="desk_organization_template"),
    path("organizations/<int:pk>/", views.organization, name="desk_organization"),
    path("organizations/<int:pk>/edit/", views.edit, name="desk_organization_edit"),
    path("organizations/<int:pk>/verify/", views.verify, name="desk_organization_verify"),
    path("organizations/<int:pk>/reject/", views.reject, name="desk_organization_reject"),
    path("organizations/<int:pk>/owner/", views.invite_owner, name="desk_owner_invite"),
    path("invitations/<int:pk>/revoke/", views.revoke_owner_invitation, name="desk_owner_revoke"),
    path("organizations/<int:pk>/incubations/add/", records.enter_platform, name="desk_incubation_add"),
    path("organizations/incubations/<int:pk>/graduate/", records.graduate, name="desk_incubation_graduate"),
    path("organizations/imports/<int:pk>/", importing.import_, name="desk_organization_import"),
    path("organizations/imports/<int:pk>/progress/", importing.progress, name="desk_organization_import_progress"),
    path("organizations/imports/<int:pk>/check/", importing.check_again, name="desk_organization_import_check"),
    path("organizations/imports/<int:pk>/store/", importing.store, name="desk_organization_import_store"),
    path("platforms/", views.platforms, name="desk_platforms"),
]
for kind in RECORDS:
    urlpatterns += [
        path(f"organizations/<int:pk>/{kind.slug}/add/", records.enter, {"kind": kind}, name=f"desk_{kind.slug}_add"),
        path(f"organizations/{kind.slug}/<int:pk>/", records.correct, {"kind": kind}, name=f"desk_{kind.slug}"),
        path(
            f"organizations/{kind.slug}/<int:pk>/check/", records.check, {"kind": kind}, name=f"desk_{kind.slug}_check"
        ),
        path(
            f"organizations/{kind.slug}/<int:pk>/strike/",
            records.strike,
            {"kind": kind},
            name=f"desk_{kind.slug}_strike",
        ),
    ]
