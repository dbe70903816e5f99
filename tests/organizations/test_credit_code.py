"""统一社会信用代码。"""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from organizations.codes import normalize_credit_code, validate_credit_code


@pytest.mark.parametrize(
    "code",
    [
        "91110108551385082Q",
        # The sum is a multiple of 31, where some published programs fail.
        "52330482MJ000000X0",
        "52330482MJ00000180",
    ],
)
def test_codes_with_a_right_check_digit_are_accepted(code: str) -> None:
    validate_credit_code(code)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("911101085513850820", "must be Q, not 0"),
        ("52330482MJ000000X1", "must be 0, not 1"),
        ("52330482MJ00000181", "must be 0, not 1"),
        ("91110108551385082", "has 18 characters; this has 17"),
        ("91110108551385082I", "without I, O, S, V, Z"),
    ],
    ids=["check digit", "check digit 0", "check digit 0 again", "length", "alphabet"],
)
def test_a_wrong_code_is_refused_with_the_rule_that_it_breaks(code: str, sentence: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match=sentence):
        validate_credit_code(code)


def test_full_width_small_letters_and_spaces_are_forgiven() -> None:
    assert normalize_credit_code(" 91110108 551385082q") == "91110108551385082Q"
