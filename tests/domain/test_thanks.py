import pytest

from bot.domain.thanks import is_only_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "@northwind thx :)",
        "Thank you so much Ann, that worked!",
        "Thanks!!! You're the best ❤️❤️",
        "👍🏽",
        "🙏🙏",
        "Dank je wel!",
        "Vielen Dank für die schnelle Hilfe",
        "Merci beaucoup, c'est parfait",
        "muchísimas gracias",
        "Спасибо большое",
        "धन्यवाद",
        "ありがとうございます！",
        "감사합니다 🙏",
    ],
)
def test_a_thank_you_in_many_languages_is_only_that(text: str) -> None:
    assert is_only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@northwind",
        "ok",
        "Thanks for nothing",
        "No thanks",
        "Thanks, but it still does not work",
        "thanks, where is my other bag",
        "Thanks. When can I fly?",
        "谢谢，什么时候？",
        "thanks, bag damaged",
        "thanks, I have a problem",
        "Thanks Ann Smith Jones",
        "thank you " * 7,
    ],
)
def test_what_may_want_an_answer_is_never_taken_for_thanks(text: str) -> None:
    assert not is_only_thanks(text)
