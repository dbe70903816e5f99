from django.urls import path

from reviews.views import reviewer as views

urlpatterns = [
    path("", views.home, name="review_home"),
    path("reviews/<int:pk>/", views.score, name="review_score"),
    path("reviews/<int:pk>/save/", views.save, name="review_save"),
    path("reviews/<int:pk>/recuse/", views.recuse, name="review_recuse"),
    path("ventures/<int:pk>/recuse/", views.declare, name="review_declare"),
]
