from django.urls import path

from delivery.views import staff

urlpatterns = [
    path("delivery/", staff.listing, name="desk_delivery"),
    path("ventures/<int:pk>/begin-delivery/", staff.begin, name="desk_venture_begin_delivery"),
    path("ventures/<int:pk>/midterm/", staff.midterm, name="desk_venture_midterm"),
    path("ventures/<int:pk>/midterm/pass/", staff.pass_midterm, name="desk_venture_pass_midterm"),
    path("ventures/<int:pk>/midterm/fail/", staff.fail_midterm, name="desk_venture_fail_midterm"),
    path("ventures/<int:pk>/final/", staff.final, name="desk_venture_final"),
    path("ventures/<int:pk>/final/pass/", staff.pass_final, name="desk_venture_pass_final"),
    path("ventures/<int:pk>/waiver/", staff.waiver, name="desk_venture_waiver"),
    path("ventures/<int:pk>/waive-showcase/", staff.waive_showcase, name="desk_venture_waive_showcase"),
]
