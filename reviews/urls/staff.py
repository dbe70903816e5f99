from django.urls import path

from reviews.views import staff as views

urlpatterns = [
    path("reviews/", views.rounds, name="desk_reviews"),
    path("rounds/<int:pk>/panel/", views.panel, name="desk_panel"),
    path("rounds/<int:pk>/panel/begin/", views.begin, name="desk_panel_begin"),
    path("rounds/<int:pk>/recusals/", views.recuse, name="desk_recuse"),
    path("rounds/<int:pk>/ranking/", views.ranking, name="desk_ranking"),
    path("rounds/<int:pk>/reserves/release/", views.release_reserves, name="desk_reserves_release"),
    path("ventures/<int:pk>/promote/", views.promote, name="desk_venture_promote"),
    path("reviews/<int:pk>/unlock/", views.unlock, name="desk_review_unlock"),
]
