from django.urls import path

from common.views import calendar as views_calendar
from common.views import desk as views_desk
from common.views import journal as views_staff

urlpatterns = [
    path("menu/", views_desk.menu, name="desk_menu"),
    path("journal/", views_staff.journal, name="desk_journal"),
    path("calendar/", views_calendar.calendar, name="desk_calendar"),
    path("calendar/<int:year>/", views_calendar.year, name="desk_calendar_year"),
    path("calendar/<int:year>/enter/", views_calendar.enter, name="desk_calendar_enter"),
]
