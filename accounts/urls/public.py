from django.urls import path

from accounts import views

urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("register/", views.register, name="register"),
    path("me/", views.me, name="me"),
    path("me/messages/", views.my_notifications, name="my_notifications"),
    path("me/messages/read/", views.read_notifications, name="my_notifications_read"),
]
