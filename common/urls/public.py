from django.urls import path

from common.views import public as views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.language, name="set_language"),
]
