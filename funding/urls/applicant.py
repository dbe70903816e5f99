from django.urls import path

from funding.views import applicant as views

urlpatterns = [
    path("expenses/<int:pk>/reverse/", views.reverse_expense, name="apply_expense_reverse"),
    path("ventures/<int:pk>/expenses/", views.expenses, name="apply_venture_expenses"),
]
