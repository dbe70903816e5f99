"""Validators that several rooms share. What they look at is in its normal form already (`common.normal_forms`)."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.normal_forms import narrow

PHONE = RegexValidator(
    r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|\d{8})$",
    gettext_lazy("A mobile number, or a landline like 0573-85013072."),
)

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:-?\d{4}){2}(?!\d)")


def no_mobile_number(text: str) -> None:
    """For what is published in the name of an office: a mobile number in it is somebody's own phone."""
    if found := _MOBILE.search(narrow(text)):
        raise ValidationError(
            _("This is published, and %(number)s is a mobile number: somebody's own. Give the phone of the office.")
            % {"number": found.group()}
        )
