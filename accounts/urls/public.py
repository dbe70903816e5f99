from django.urls import path

from accounts.views import factor, login, own

urlpatterns = [
    path("login/", login.log_in, name="login"),
    path("logout/", login.log_out, name="logout"),
    path("register/", login.register, name="register"),
    path("password/forgotten/", login.forgotten, name="forgotten"),
    path("password/reset/<str:uid>/<str:token>/", login.reset_password, name="reset_password"),
    path("join/<str:code>/", login.use_link, name="use_link"),
    path("me/", own.me, name="me"),
    path("me/active/", own.active, name="active"),
    path("me/guide/end/", own.end_guide, name="guide_end"),
    path("me/account/", own.account, name="account"),
    path("me/password/", own.change_password, name="change_password"),
    path("me/factor/", factor.verify, name="factor_verify"),
    path("me/factor/set-up/", factor.set_up, name="factor_set_up"),
    path("me/factor/codes/", factor.renew_codes, name="factor_codes"),
    path("me/factor/remove/", factor.remove, name="factor_remove"),
    path("me/messages/", own.my_notifications, name="my_notifications"),
    path("me/messages/read/", own.read_notifications, name="my_notifications_read"),
]
