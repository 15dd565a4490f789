"""What nobody can see says nothing."""

import pytest

from bot.domain.blank import is_blank

NOTHING = {
    "no characters": "",
    "blanks": " \t\n\r\v\f\x1c\x85\xa0\u1680\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff\u180e",
    "soft hyphen and joiners": "\u00ad\u034f\u2061\u2062\u2063\u2064",
    "bidi marks": "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "variation selectors": "\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef\u180b",
    "tags": "\U000e0001\U000e0041\U000e007f",
    "fillers": "\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5",
    "marks on nothing": "\u0301\u0308\u20e3",
    "controls and halves": "\x00\x07\x7f\ud83d",
    "objects that are missing": "\ufffc",
}
SOMETHING = ["a", "0", ".", "?", "👍", "👍🏽", "❤️", "謝", "ก", "ـ", "é", "\u200bx\u200b", "½", "€"]


@pytest.mark.parametrize("nothing", NOTHING.values(), ids=NOTHING.keys())
def test_what_nobody_sees_is_blank(nothing: str):
    assert is_blank(nothing)


@pytest.mark.parametrize("something", SOMETHING)
def test_the_smallest_sign_says_something(something: str):
    assert not is_blank(something)
