from django.urls import path

from delivery.views import applicant

urlpatterns = [
    path("ventures/<int:pk>/activities/", applicant.activities, name="apply_activities"),
    path("ventures/<int:pk>/midterm/", applicant.midterm, name="apply_midterm"),
    path("ventures/<int:pk>/rectification/", applicant.rectification, name="apply_rectification"),
    path("ventures/<int:pk>/final/", applicant.final, name="apply_final"),
]
