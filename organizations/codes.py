"""统一社会信用代码 (GB 32100-2015)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as StdnumError

from common.text import half_width


def normalize_credit_code(text: str) -> str:
    """Upper case, half width, no spaces."""
    return half_width(text)


def validate_credit_code(code: str) -> None:
    """Raise ValidationError with the rule and the character that breaks it."""
    try:
        uscc.validate(code)
    except InvalidLength:
        raise ValidationError(
            _("The unified social credit code has 18 characters; this has %(n)s.") % {"n": len(code)}, code="length"
        ) from None
    except InvalidChecksum:
        expected = uscc.calc_check_digit(code[:-1])
        raise ValidationError(
            _("The check digit of %(code)s is wrong: for its first 17 characters it must be %(expected)s, not %(got)s.")
            % {"code": code, "expected": expected, "got": code[-1]},
            code="check_digit",
        ) from None
    except StdnumError:
        raise ValidationError(
            _("%(code)s is not a unified social credit code: digits and capitals without I, O, S, V, Z only.")
            % {"code": code},
            code="alphabet",
        ) from None
