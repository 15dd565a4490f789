"""Whose words are ours: what a network calls the same account, and never somebody like it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts import Account, Accounts, Door
from bot.domain.post import BY_HAND, Author, Post

MASTODON = Accounts((Account("mastodon", "@northwind@social.example"),))
X = Accounts((Account("x", "@northwind"), Account("x", "@NorthwindHelp")))

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789_.", min_size=1, max_size=15)
SERVERS = st.sampled_from(["social.example", "fedi.example", "b.social.example"])


def post(by: str, source: str = "x", **facts: object) -> Post:
    return replace(Post(source, "1", "Big sale today!", Author(by)), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["@northwind", "northwind", "@NorthWind", " northwind "])
@pytest.mark.parametrize("account", ["@northwind", "Northwind"])
def test_the_account_that_was_written_to_is_us_however_it_is_written(by: str, account: str):
    assert Accounts().own(post(by, account=account))


def test_an_account_of_the_network_is_us_whichever_of_them_was_written_to():
    assert X.own(post("@northwindhelp", account="@northwind"))
    assert X.own(post("@northwind"))
    assert not X.own(post("@northwind", source="bluesky")), "there somebody else may have the name"


@pytest.mark.parametrize(
    "by",
    [
        "@jane",
        "@northwind_",
        "@n0rthwind",
        "@",
        "",
        "@northwınd",
        "@ｎorthwind",
        "@northwind\u200b",
    ],
)
def test_somebody_like_us_is_a_customer(by: str):
    assert not X.own(post(by, account="@northwind"))


def test_a_letter_that_only_folds_into_ours_is_not_ours():
    klm = Accounts((Account("x", "@klm"),))
    assert klm.own(post("@KLM"))
    assert not klm.own(post("@\u212alm")), "the sign of kelvin"


def test_handles_of_other_scripts_fold_too():
    assert Accounts((Account("x", "@ÅLAND"),)).own(post("@åland"))


@pytest.mark.parametrize("by", ["@northwind@social.example", "@Northwind@Social.Example"])
def test_a_whole_handle_is_us_on_our_server_only(by: str):
    assert MASTODON.own(post(by, "mastodon"))
    assert not MASTODON.own(post("@northwind@other.example", "mastodon"))


def test_a_short_handle_is_of_the_server_that_the_post_stands_on():
    def short(**facts: object) -> bool:
        return MASTODON.own(post("@northwind", "mastodon", **facts))

    assert short(), "nothing says where: it is our server that told us"
    assert short(account="@help@social.example")
    assert not short(account="@help@other.example")
    assert short(url="https://social.example/@northwind/11")
    assert short(url="https://www.social.example/@northwind/11")
    stranger = "https://other.example/@northwind/11"
    assert not short(url=stranger)
    assert not short(url=stranger, account="@northwind@social.example"), "it answers us from there"


def test_an_account_written_short_is_at_home_on_its_server():
    ours = Accounts((Account("mastodon", "@northwind", server="https://social.example"),))
    assert ours.own(post("@northwind@social.example", "mastodon"))
    assert ours.own(post("@northwind", "mastodon"))
    assert not ours.own(post("@northwind@other.example", "mastodon"))


def test_an_address_is_read_whole():
    ours = Accounts((Account("email", "care@northwind.example"),))
    assert ours.own(post("Care@Northwind.example", "email"))
    assert not ours.own(post("care@elsewhere.example", "email"))


def test_the_account_of_a_door_is_us_in_what_comes_by_it():
    ours = Accounts(doors=(Door("webhook", "A", "@northwind"), Door("shop", "B", "@shop")))
    assert ours.own(post("@shop", "reviews", door="shop"))
    assert not ours.own(post("@northwind", "reviews", door="shop"))
    assert ours.own(post("@northwind", "reviews", door="webhook"))
    assert ours.own(post("@northwind", "reviews")), "an import has no door: it answers by webhook"


def test_what_somebody_made_a_case_of_is_a_customers():
    assert not X.own(post("@northwind", BY_HAND, account="@northwind"))


def test_who_answers_for_a_door():
    ours = Accounts(doors=(Door("webhook", "A", "@northwind"), Door("shop", "B")))
    assert ours.account_of_door("webhook") == "@northwind"
    assert ours.account_of_door(None) == "@northwind"
    assert ours.account_of_door("shop") is None
    assert ours.account_of_door("closed-since") is None


def test_all_that_is_written_to_a_branch_is_of_its_place():
    ours = Accounts((Account("x", "@nw_leeds", location="Leeds"), Account("x", "@northwind")))
    assert ours.location_of(post("@jane", account="NW_Leeds")) == "Leeds"
    assert ours.location_of(post("@jane", account="@northwind")) is None
    assert ours.location_of(post("@jane")) is None


@given(name=NAMES, server=SERVERS, at=st.booleans(), loud=st.booleans())
def test_we_are_ourselves_in_every_writing(name: str, server: str, at: bool, loud: bool):
    ours = Accounts((Account("mastodon", f"@{name}@{server}"),))
    for written in (name, f"{name}@{server}"):
        by = ("@" if at else "") + (written.upper() if loud else written)
        assert ours.own(post(by, "mastodon", url=f"https://{server}/1"))


@given(name=NAMES, server=SERVERS, other=NAMES, elsewhere=SERVERS, url=st.none() | SERVERS)
def test_nobody_else_is_ever_us(
    name: str, server: str, other: str, elsewhere: str, url: str | None
):
    """A whole handle is one of ours only as it stands; a short one never under another name."""
    ours = Accounts((Account("mastodon", f"@{name}@{server}"),))
    facts = {"url": f"https://{url}/1"} if url else {}
    is_same = (name, server) == (other, elsewhere)
    assert ours.own(post(f"@{other}@{elsewhere}", "mastodon", **facts)) == is_same
    is_here = other == name and url in (None, server)
    assert ours.own(post(f"@{other}", "mastodon", **facts)) == is_here
