from django.urls import path

from organizations.views import applicant

urlpatterns = [
    path("organizations/new/", applicant.register, name="apply_organization_new"),
    path("organizations/<int:pk>/", applicant.organization, name="apply_organization"),
]
