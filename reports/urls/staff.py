from django.urls import path

from reports.views import staff as views

urlpatterns = [
    path("reports/", views.home, name="desk_reports"),
    path("reports/list/", views.listing, name="desk_reports_list"),
    path("reports/<int:pk>/download/", views.download, name="desk_report_download"),
]
