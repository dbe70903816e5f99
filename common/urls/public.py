from django.urls import path

from common import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.language, name="set_language"),
]
