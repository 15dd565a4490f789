"""Only a message that is known as thanks from end to end is thanks, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.thanks import is_only_thanks
from bot.domain.thanks_words import PHRASES

THANKS = {
    "en": ("Thanks!", "cheers mate", "Thank you so much, that worked!", "thanks :D"),
    "de": ("danke schön!", "Vielen Dank für die schnelle Hilfe"),
    "nl": ("Dank je wel!", "Hartelijk dank voor de snelle reactie"),
    "fr": ("Merci beaucoup, c'est parfait", "un grand merci à vous"),
    "es": ("muchísimas gracias", "Muchas gracias por todo 😊"),
    "it": ("Grazie mille!", "grazie di cuore"),
    "pt": ("Obrigada!!", "muito obrigado pela ajuda"),
    "ca": ("Moltes gràcies!",),
    "sv": ("Tack så mycket!", "tack för hjälpen"),
    "da": ("Mange tak!", "tusind tak for hjælpen"),
    "nb": ("Takk!", "tusen takk for hjelpen"),
    "is": ("Takk fyrir",),
    "fi": ("Kiitos paljon!", "kiitos avusta"),
    "et": ("Aitäh!", "suur tänu abi eest"),
    "lv": ("Liels paldies!",),
    "lt": ("Ačiū labai",),
    "pl": ("Dziękuję bardzo za pomoc", "dzięki"),
    "cs": ("Děkuji moc!", "moc díky za pomoc"),
    "sk": ("Ďakujem pekne",),
    "hu": ("Köszönöm szépen a segítséget!",),
    "ro": ("Mulțumesc mult!", "mersi"),
    "bg": ("Благодаря ви много",),
    "sr": ("Хвала лепо", "hvala puno"),
    "hr": ("hvala lijepa na pomoći",),
    "sl": ("Najlepša hvala!",),
    "sq": ("Shumë faleminderit",),
    "ru": ("Спасибо большое", "спасибо за помощь!"),
    "uk": ("Щиро дякую!",),
    "el": ("Ευχαριστώ πολύ!",),
    "tr": ("Çok teşekkür ederim", "sağolun"),
    "ar": ("شكرا جزيلا",),
    "he": ("תודה רבה על העזרה",),
    "fa": ("خیلی ممنون",),
    "ur": ("بہت شکریہ",),
    "hi": ("धन्यवाद", "बहुत बहुत शुक्रिया"),
    "bn": ("অনেক ধন্যবাদ",),
    "ta": ("மிக்க நன்றி",),
    "th": ("ขอบคุณมากๆค่ะ",),
    "vi": ("cảm ơn bạn nhiều",),
    "id": ("Terima kasih banyak",),
    "tl": ("Maraming salamat po",),
    "sw": ("Asante sana",),
    "zh": ("谢谢你的帮助！", "非常感谢", "謝謝大家"),
    "ja": ("ありがとうございます！", "本当にありがとうございました"),
    "ko": ("감사합니다 🙏", "정말 고맙습니다"),
    "signs": ("👍🏽", "🙏🙏", "thanks 👍", "Thanks!!! You're the best ❤️❤️"),
}


@pytest.mark.parametrize(
    "text", [text for texts in THANKS.values() for text in texts], ids=lambda text: text
)
def test_a_thank_you_in_many_languages_is_only_that(text: str) -> None:
    assert is_only_thanks(text)
    assert is_only_thanks(f"@northwind {text}")


def test_thirty_languages_and_more_are_known() -> None:
    assert len(THANKS.keys() - {"signs"}) > 30
    assert set(PHRASES) >= THANKS.keys() - {"signs"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@northwind",
        "ok",
        "great",
        "Tak",
        "help me 🙏",
        "🙏😡",
        "Thanks?",
        "Thanks for nothing",
        "No thanks",
        "yes, thanks",
        "Thank you. Cancel it",
        "Thanks for your reply. Unacceptable!",
        "Thanks, reply",
        "Thanks, but it still does not work",
        "thanks, where is my other bag",
        "Thanks. When can I fly?",
        "Thanks #fail",
        "thanks @lawyer",
        "thanks 4",
        "thanks https://example.com/proof",
        "Danke, nein",
        "danke für nichts",
        "Merci de me rappeler",
        "gracias por nada",
        "obrigado por nada",
        "Спасибо, но где деньги",
        "Ευχαριστώ, πότε;",
        "شكرا ولكن أين حقيبتي",
        "谢谢，还没收到退款",
        "谢谢，什么时候？",
        "谢谢你们退款",
        "ありがとうございます。返金はまだです",
        "감사합니다 환불은요",
        "ขอบคุณครับ แต่ยังไม่ได้รับเงิน",
        "thanks, bag damaged",
        "thanks, I have a problem",
        "Thanks Ann Smith Jones",
        "Thanks Die",
        "thank you " * 7,
    ],
)
def test_what_may_want_an_answer_is_never_taken_for_thanks(text: str) -> None:
    assert not is_only_thanks(text)


def test_a_name_is_known_only_where_somebody_of_that_name_answered() -> None:
    assert not is_only_thanks("Thank you so much Ann, that worked!")
    assert is_only_thanks("Thank you so much Ann, that worked!", names=["Ann Lee", "@northwind"])
    assert is_only_thanks("thanks @northwind", names=["Ann Lee", "@northwind"])
    assert not is_only_thanks("Ann", names=["Ann Lee"])


LETTERS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
KNOWN = st.sampled_from([text for texts in THANKS.values() for text in texts])


@given(KNOWN, LETTERS, st.booleans())
def test_thanks_with_a_word_that_is_not_known_is_not_thanks(
    thanks: str, word: str, is_first: bool
) -> None:
    """Whatever was accepted beside thanks is a phrase of the lists, and no part of one."""
    text = f"{word} {thanks}" if is_first else f"{thanks} {word}"
    if is_only_thanks(text):
        assert is_only_thanks(f"thanks {word}") or is_only_thanks(f"{word} 👍")
    assert not is_only_thanks(f"{text} refund")
    assert not is_only_thanks(f"{text} 退款")
