from django.urls import path

from ventures.views import applicant, application, delivery

urlpatterns = [
    path("", applicant.home, name="apply_home"),
    path("rounds/<int:pk>/start/", applicant.start, name="apply_start"),
    path("ventures/<int:pk>/", applicant.venture, name="apply_venture"),
    path("ventures/<int:pk>/withdraw/", applicant.withdraw, name="apply_withdraw"),
    path("ventures/<int:pk>/form/", application.form, name="apply_form"),
    path("ventures/<int:pk>/form/<slug:step>/", application.step, name="apply_step"),
    path("ventures/<int:pk>/form/<slug:step>/autosave/", application.autosave, name="apply_autosave"),
    path("ventures/<int:pk>/submit/", application.submit, name="apply_submit"),
    path("ventures/<int:pk>/resubmit/", application.resubmit, name="apply_resubmit"),
    path("ventures/<int:pk>/print/", application.printed, name="apply_print"),
    path("ventures/<int:pk>/activities/", delivery.activities, name="apply_activities"),
    path("ventures/<int:pk>/midterm/", delivery.midterm, name="apply_midterm"),
    path("ventures/<int:pk>/rectification/", delivery.rectification, name="apply_rectification"),
    path("ventures/<int:pk>/final/", delivery.final, name="apply_final"),
]
