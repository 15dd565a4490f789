"""Which words are the same word to a person who reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadQuery
from bot.domain.folding import folded, phrase


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("refund", "Where is my REFUND?!"),
        ("refund", "#refund"),
        ("refund", "re\u00adfund, with a hyphen nobody sees"),
        ("cafe", "Café closed"),
        ("café", "the cafe"),
        ("strasse", "STRAßE"),
        ("istanbul", "İstanbul"),
        ("lodz", "Łódź"),
        ("ｒｅｆｕｎｄ", "refund"),
        ("don't", "I don’t know"),
        ("New York", "new  york-based"),
        ("ash cloud", "#ash_cloud"),
        ("елка", "ёлка"),
        ("refund*", "refunds, refunding"),
        ("lost bag*", "two lost bags"),
        ("हिन्दी", "यह हिन्दी है"),
        ("返金", "返金してください"),
        ("して", "返金してください"),
        ("refund", "refundお願いします"),
        ("환불", "환불은 언제"),
        ("กระเป๋า", "ไม่เจอกระเป๋าของฉัน"),
        ("حقيبة", "أين حَقِيبَة ضاعت"),
        ("حَقِيبَة", "حقيبه"),
        ("استرداد", "اِسْتِرْداد الأموال"),
        ("الاموال", "الأموال"),
        ("ضائع", "ضائــــع"),
        ("مطار", "مَطَارٌ"),
        ("کتاب", "كتاب"),
        ("שלום", "שָׁלוֹם לכם"),
        ("מזוודה", "הַמִּזְוָדָה מזוודה"),
        ("फ़ोन", "फोन"),
        ("❤️", "love it ❤"),
        ("👍", "thanks👍🏽"),
    ],
)
def test_is_found(wanted: str, text: str) -> None:
    assert phrase(wanted) in folded(text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("refund", "refunds"),
        ("fund*", "refund"),
        ("new york", "new in york"),
        ("バス", "ハス"),
        ("返金", "金返"),
        ("हिन", "यह हिन्दी है"),
    ],
)
def test_is_not_found(wanted: str, text: str) -> None:
    assert phrase(wanted) not in folded(text)


@pytest.mark.parametrize("value", ["*", "re*fund", "re**", "?!", "\u200b"])
def test_what_cannot_be_looked_for_is_refused(value: str) -> None:
    with pytest.raises(BadQuery):
        phrase(value)


@given(st.text(max_size=80))
def test_folded_text_has_one_space_around_each_word(text: str) -> None:
    assert folded(text) == f" {' '.join(folded(text).split())} "


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_beside_others_are_found(text: str, other: str) -> None:
    if folded(text).strip():
        assert folded(text) in folded(f"{other} {text} {other}")
