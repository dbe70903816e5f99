from django.urls import path

from funding.views import staff as views

urlpatterns = [
    path("payments/", views.payments, name="desk_payments"),
    path("payments/made/", views.made, name="desk_payments_made"),
    path("ventures/<int:pk>/agreement/", views.agreement, name="desk_venture_agreement"),
    path("tranches/<int:pk>/pay/", views.pay, name="desk_tranche_pay"),
    path("ventures/<int:pk>/audit/", views.audit, name="desk_venture_audit"),
    path("ventures/<int:pk>/claim/", views.claim, name="desk_venture_claim"),
    path("ventures/<int:pk>/recovery/", views.recovery, name="desk_venture_recovery"),
    path("ventures/<int:pk>/return-balance/", views.return_balance, name="desk_venture_return_balance"),
]
