from django.urls import path

from common import views_staff

urlpatterns = [path("journal/", views_staff.journal, name="desk_journal")]
