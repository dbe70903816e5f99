from accounts.forms.access_log import AccessFilter
from accounts.forms.login import LoginForm, RegisterForm
from accounts.forms.own import AccountForm, CodeForm
from accounts.forms.passwords import ChangePasswordForm, ForgottenForm, NewPasswordForm, WelcomeForm
from accounts.forms.people import PeopleFilter, PersonForm, ReasonForm, RoleForm

__all__ = [
    "AccessFilter",
    "AccountForm",
    "ChangePasswordForm",
    "CodeForm",
    "ForgottenForm",
    "LoginForm",
    "NewPasswordForm",
    "PeopleFilter",
    "PersonForm",
    "ReasonForm",
    "RegisterForm",
    "RoleForm",
    "WelcomeForm",
]
