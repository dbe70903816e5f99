from django.urls import path

from organizations.views import staff as views

urlpatterns = [
    path("organizations/", views.listing, name="desk_organizations"),
    path("organizations/<int:pk>/", views.organization, name="desk_organization"),
    path("platforms/", views.platforms, name="desk_platforms"),
]
