"""What Slack keeps of people's words, read as they meant it; and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import markup
from bot.emoji import sign


class Names:
    def person(self, id: str) -> str | None:
        return {"UBEN": "Ben Smith", "U0BEN1": "Ben", "UODD": "O|d>d"}.get(id)

    def channel(self, id: str) -> str | None:
        return {"C1": "care-sales"}.get(id)


def read(text: str) -> str:
    return markup.readable(text, Names(), sign)


@pytest.mark.parametrize(
    ("kept", "meant"),
    [
        ("<@UBEN> has it", "Ben Smith has it"),
        ("<@UBEN|ben> has it", "Ben Smith has it"),
        ("<@U0NOBODY> has it", "a colleague has it"),
        ("<@U0NOBODY|kim> has it", "kim has it"),
        ("ask @U0BEN1, not @USA or me@UBEN.com", "ask Ben, not @USA or me@UBEN.com"),
        ("see <#C1>", "see #care-sales"),
        ("see <#C1|>", "see #care-sales"),
        ("see <#C9|other>", "see #other"),
        ("see <#C9>", "see a channel"),
        ("<!here> and <!channel|channel>", "@here and @channel"),
        ("<!subteam^S1|@ops> and <!subteam^S2>", "ops and a group"),
        ("<!date^1763750000^{time}|18:33>", "18:33"),
        ("<https://x.example/a?b=1>", "https://x.example/a?b=1"),
        ("<https://x.example/|x.example>", "https://x.example/"),
        ("<https://x.example/help|our page>", "our page (https://x.example/help)"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("thanks :pray:", "thanks 🙏"),
        (":+1::skin-tone-3: :wave:", "👍🏼 👋"),
        (":man-shrugging: :flag-nl: :flag-de: :100: :rofl: :simple_smile:", "🤷‍♂️ 🇳🇱 🇩🇪 💯 🤣 🙂"),
        ("(:pray:)", "(🙏)"),
    ],
)
def test_names_signs_and_addresses(kept: str, meant: str):
    assert read(kept) == meant
    assert markup.is_in(kept)


@pytest.mark.parametrize(
    "text",
    [
        "at 10:30:00, gate B12:pray:er",
        ":northwind-logo: :not_an_emoji:",
        "<b>*we*</b> & <it> <3 <@you> <#1> <!-- no -->",
        "1 < 2 > 0 &amp; so on",
        "@here @channel @ann #care-sales",
        "https://x.example/a:pray:b",
        "  spaces\n\nstay  ",
    ],
)
def test_what_a_person_typed_stays_to_the_letter(text: str):
    assert read(text) == text


def test_a_message_is_unescaped_once_and_last():
    text = "a &lt; b &amp;amp; <@UBEN> &lt;!here&gt;"
    assert markup.unescaped(text, Names(), sign) == "a < b &amp; Ben Smith <!here>"


def test_a_command_keeps_its_ids_each_with_its_name():
    text = "1001 <#C1|> <@UBEN> <@U9> <@UODD> <@UBEN|ben> :pray: &amp;"
    assert markup.labelled(text, Names(), sign) == (
        "1001 <#C1|care-sales> <@UBEN|Ben Smith> <@U9|a colleague> <@UODD|Odd> <@UBEN|ben> 🙏 &amp;"
    )


@given(st.text(alphabet="<>@#!|&;:UCBEN19 apry-", max_size=40))
def test_no_mention_is_left_whatever_it_is_wrapped_in(text: str):
    for known in ("<@UBEN>", "<#C1|x>", "<!here>"):
        assert known not in read(f"{text}{known}")
        assert known not in read(text) or known not in text


def test_every_name_leads_to_a_sign_and_none_to_itself():
    assert sign("pray") == "🙏"
    assert sign("thumbsup", "6") == "👍🏿"
    assert sign("female-technologist", "2") == "👩🏻‍💻"
    assert sign("fire", "6") == "🔥"
    assert sign("northwind-logo") is None
