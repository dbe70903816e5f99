"""The one cleaner: what nobody sees goes, everything else stays as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import clean, half_width
from tests.corpus.strings import STRINGS


@pytest.mark.parametrize("name", [n for n in STRINGS if n.startswith("blank/")])
def test_text_in_which_nothing_is_seen_is_empty(name: str) -> None:
    assert clean(STRINGS[name]) == ""


@pytest.mark.parametrize(
    "name", [n for n in STRINGS if n.startswith(("rare/", "emoji/", "combining/", "expands/", "case/"))]
)
def test_rare_characters_and_joined_emoji_stay_as_they_were_typed(name: str) -> None:
    assert clean(STRINGS[name]) == STRINGS[name]


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a\x00b\x1bc\x7fd", "abcd"),
        ("first\r\nsecond\rthird\u2028fourth", "first\nsecond\nthird\nfourth"),
        ("证书\u202efdp.exe", "证书fdp.exe"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\ufdd0c\U0010ffffd", "abcd"),
        ("平湖\U000e0041\U000e0042市", "平湖市"),
        ("\u3000《“爱在身边”——项目》\u3000", "《“爱在身边”——项目》"),
        ("平\ufffd市", "平\ufffd市"),
        ("\ufa19", "\ufa19"),
    ],
)
def test_what_is_taken_out_and_what_is_not(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text(st.characters(blacklist_categories=())))
def test_cleaned_text_can_be_stored_sent_and_cleaned_again(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned


def test_codes_typed_with_a_chinese_keyboard_become_half_width() -> None:
    assert half_width(" ５１３３ｍｊ\u200b ") == "5133MJ"
