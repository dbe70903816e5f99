from django.urls import path

from accounts.views import access_log, requests, staff

urlpatterns = [
    path("people/", staff.listing, name="desk_people"),
    path("people/invite/", staff.invite, name="desk_people_invite"),
    path("people/requests/", requests.listing, name="desk_account_requests"),
    path("people/requests/<int:pk>/confirm/", requests.confirm, name="desk_account_request_confirm"),
    path("people/requests/<int:pk>/deny/", requests.deny, name="desk_account_request_deny"),
    path("people/requests/<int:pk>/take-back/", requests.take_back, name="desk_account_request_take_back"),
    path("people/<int:pk>/", staff.person, name="desk_person"),
    path("people/<int:pk>/role/", staff.change_role, name="desk_person_role"),
    path("people/<int:pk>/deactivate/", staff.deactivate, name="desk_person_deactivate"),
    path("people/<int:pk>/reactivate/", staff.reactivate, name="desk_person_reactivate"),
    path("people/<int:pk>/factor/", staff.reset_factor, name="desk_person_factor"),
    path("people/<int:pk>/link/", staff.issue_link, name="desk_person_link"),
    path("access-log/", access_log.listing, name="desk_access_log"),
]
