"""统一社会信用代码 (GB 32100-2015)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as StdnumError

from common import normal_forms

LENGTH = 18
KINDS = ("51", "52", "53")
# GB 11714: the organization's own number is characters 9 to 17, its last one a check of the eight before.
OWN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
OWN_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OWN_PLACE = slice(8, 16)
OWN_CHECK = 16


def normalize_credit_code(text: str) -> str:
    """Upper case, half width, no blanks or hyphens."""
    return normal_forms.code(text)


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


def doubts(code: str) -> list[str]:
    """What is odd about a code that is formally right; told, but no reason to refuse it."""
    if len(code) != LENGTH:
        return []
    told = []
    if code[:2] not in KINDS:
        told.append(
            _(
                "The code begins with %(prefix)s; social organizations have 51, 52 or 53 (association, service, foundation)."
            )
            % {"prefix": code[:2]}
        )
    expected = own_check(code[OWN_PLACE])
    if code[OWN_CHECK] != expected:
        told.append(
            _("Characters 9 to 17 have a check of their own (GB 11714): the 17th should be %(expected)s, not %(got)s.")
            % {"expected": expected, "got": code[OWN_CHECK]}
        )
    return told


def own_check(number: str) -> str:
    """Check character of GB 11714 for eight characters."""
    total = sum(OWN_ALPHABET.index(c) * weight for c, weight in zip(number, OWN_WEIGHTS, strict=True))
    check = 11 - total % 11
    return "X" if check == 10 else "0" if check == 11 else str(check)
