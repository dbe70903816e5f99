from django.urls import path

from showcases.views import public as views

urlpatterns = [
    path("showcases/", views.events, name="showcases"),
    path("showcases/<int:pk>/", views.event, name="showcase"),
]
