"""Validators that several rooms share. What they look at is in its normal form already (`common.normal_forms`)."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PHONE = RegexValidator(
    r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|\d{8})$", _("A mobile number, or a landline like 0573-85013072.")
)
