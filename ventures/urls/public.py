from django.urls import path

from ventures.calendar import views as calendar
from ventures.notices.views import public

urlpatterns = [
    path("", public.home, name="home"),
    path("rounds/", public.rounds, name="rounds"),
    path("rounds/<int:pk>/", public.round_, name="round"),
    path("rounds/<int:pk>/calendar.ics", calendar.of_round, name="round_calendar"),
    path("calendar.ics", calendar.of_person, name="my_calendar"),
    path("notices/", public.notices, name="notices"),
    path("notices/<int:pk>/", public.notice, name="notice"),
    path("notices/<int:pk>/object/", public.object_, name="notice_object"),
    path("ventures/<int:pk>/", public.venture, name="venture"),
    path("objections/find/", public.find_objection, name="notice_find_objection"),
    path("objections/<str:receipt>/", public.objection, name="notice_objected"),
    path("help/", public.help_, name="help"),
]
