from django.urls import path

from funding.views import applicant as views

urlpatterns = [
    path("ventures/<int:pk>/expenses/", views.expenses, name="apply_venture_expenses"),
]
