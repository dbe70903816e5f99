"""The rules for passwords (AUTH_PASSWORD_VALIDATORS), each with a sentence that says the rule and its number."""

from typing import Any

from django.contrib.auth import password_validation as django_rules
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Length(django_rules.MinimumLengthValidator):
    min_length: int

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(
                _("A password has at least %(min)s characters; this has %(n)s.")
                % {"min": self.min_length, "n": len(password)}
            )


class NotCommon(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("This password is on the list of the %(n)s that are guessed first.") % {
            "n": f"{len(self.passwords):,}"  # type: ignore[attr-defined]
        }


class NotOnlyDigits(django_rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("A password of digits only is guessed easily: put at least one letter or sign in it.")


class NotLikeThePerson(django_rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        # Django fills in the name of the field.
        share = round(self.max_similarity * 100)  # type: ignore[attr-defined]
        said = _("The password is too much like “%(verbose_name)s”: it may share less than {share} %% with it.")
        return said.replace("{share}", str(share))


def problems(password: str, user: Any) -> list[str]:
    """The sentences of every rule that the password breaks."""
    try:
        validate_password(password, user)
    except ValidationError as e:
        return list(e.messages)
    return []
