from django.urls import path

from delivery.views import applicant

urlpatterns = [
    path("ventures/<int:pk>/activities/", applicant.activities, name="apply_activities"),
    path("activities/<int:pk>/reverse/", applicant.reverse_activity, name="apply_activity_reverse"),
    path("ventures/<int:pk>/midterm/", applicant.midterm, name="apply_midterm"),
    path("ventures/<int:pk>/rectification/", applicant.rectification, name="apply_rectification"),
    path("ventures/<int:pk>/final/", applicant.final, name="apply_final"),
]
