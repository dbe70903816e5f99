from django.urls import path

from showcases.views import staff as views

urlpatterns = [
    path("showcases/", views.events, name="desk_showcases"),
    path("showcases/plan/", views.plan, name="desk_showcase_plan"),
    path("showcases/<int:pk>/", views.event, name="desk_showcase"),
    path("showcases/<int:pk>/exhibits/add/", views.add_exhibit, name="desk_exhibit_add"),
    path("showcases/<int:pk>/programme/add/", views.add_programme_item, name="desk_programme_add"),
    path("exhibits/<int:pk>/remove/", views.remove_exhibit, name="desk_exhibit_remove"),
    path("exhibits/<int:pk>/material/", views.receive_material, name="desk_exhibit_material"),
    path("programme/<int:pk>/remove/", views.remove_programme_item, name="desk_programme_remove"),
    path("showcases/<int:pk>/edit/", views.edit, name="desk_showcase_edit"),
    path("showcases/<int:pk>/cancel/", views.cancel, name="desk_showcase_cancel"),
    path("showcases/<int:pk>/announce/", views.announce, name="desk_showcase_announce"),
    path("showcases/<int:pk>/hold/", views.hold, name="desk_showcase_hold"),
    path("ventures/<int:pk>/record-showing/", views.record_showing, name="desk_venture_record_showing"),
]
