"""networks.toml: what it says, and every fault at once with its table and key."""

from datetime import timedelta

import pytest

from bot.domain.accounts import Account, Accounts, Budget, Door
from bot.domain.setup_networks import read_accounts

ACCOUNT = {
    "network": "mastodon",
    "handle": "@northwind@social.example",
    "server": "https://social.example",
    "secrets": {"token": "NORTHWIND_MASTODON_TOKEN"},
    "custodian": "dora@example.com",
    "every": "15s",
    "budget": "300/day",
    "searches": ["northwind -from:me"],
    "location": "Leeds",
}
DOOR = {
    "name": "shop",
    "secret": "SHOP_SECRET",
    "account": "@northwind",
    "reply_url": "https://shop.example/replies",
}


def read(**document: object) -> Accounts:
    faults: list[str] = []
    found = read_accounts(document, faults)
    assert faults == []
    return found


def faults(**document: object) -> list[str]:
    found: list[str] = []
    read_accounts(document, found)
    return found


def test_all_that_can_be_said_of_an_account_and_a_door():
    assert read(account=[ACCOUNT], door=[DOOR]) == Accounts(
        (
            Account(
                "mastodon",
                "@northwind@social.example",
                "https://social.example",
                (("token", "NORTHWIND_MASTODON_TOKEN"),),
                "dora@example.com",
                timedelta(seconds=15),
                Budget(300, timedelta(days=1)),
                ("northwind -from:me",),
                "Leeds",
            ),
        ),
        (Door("shop", "SHOP_SECRET", "@northwind", "https://shop.example/replies"),),
    )


def test_the_least_of_both():
    least = read(
        account=[{"network": "x", "handle": "@northwind"}],
        door=[{"name": "shop", "secret": "SHOP_SECRET"}],
    )
    assert least == Accounts((Account("x", "@northwind"),), (Door("shop", "SHOP_SECRET"),))


def test_every_fault_is_told_at_once_with_its_table_and_key():
    told = faults(
        account=[{"network": "X!", "handel": "@northwind"}],
        door=[{"name": "shop", "secret": "SHOP_SECRET", "reply_url": "shop.example"}],
        dor=[],
    )
    assert [one.split("; ")[0] for one in told] == [
        "networks.toml: account 1 (X!): network: write 1 to 32 of a-z, 0-9, _ and -, as posts name"
        " their source",
        "networks.toml: account 1 (X!): handle: missing",
        "networks.toml: account 1 (X!): handel: no such key here",
        "networks.toml: door 1 (shop): reply_url: is no web address",
        "networks.toml: dor: no such key here",
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("network", 7),
        ("handle", "north wind"),
        ("handle", "@"),
        ("server", "social.example"),
        ("secrets", "NORTHWIND_TOKEN"),
        ("secrets", {"token": "abcdef0123456789"}),
        ("custodian", "dora"),
        ("every", "often"),
        ("every", "0s"),
        ("every", "1bd"),
        ("budget", "300"),
        ("budget", "0/day"),
        ("searches", "northwind"),
        ("location", ""),
        ("colour", "blue"),
    ],
)
def test_what_an_account_cannot_be(key: str, value: object):
    (fault,) = faults(account=[ACCOUNT | {key: value}])
    assert f": {key}" in fault
    assert "abcdef0123456789" not in fault, "it may be the secret itself"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "webhook"),
        ("name", "by-hand"),
        ("name", "The Shop"),
        ("secret", "whsec_c2VjcmV0"),
        ("account", "@"),
        ("reply_url", "ftp://shop.example"),
    ],
)
def test_what_a_door_cannot_be(key: str, value: object):
    (fault,) = faults(door=[DOOR | {key: value}])
    assert fault.startswith("networks.toml: door 1 (")
    assert f": {key}: " in fault
    assert "c2VjcmV0" not in fault


def test_one_account_and_one_door_of_a_name():
    told = faults(
        account=[ACCOUNT, ACCOUNT | {"handle": "Northwind@Social.Example"}],
        door=[DOOR, DOOR],
    )
    assert told == [
        "networks.toml: account: mastodon northwind@social.example is there 2 times; keep one",
        "networks.toml: door: shop is there 2 times; keep one",
    ]


def test_on_a_network_of_servers_a_handle_says_which():
    (fault,) = faults(account=[{"network": "mastodon", "handle": "@northwind"}])
    assert fault == (
        "networks.toml: account 1 (mastodon, @northwind): handle: which server is it on?"
        " write it whole, like @northwind@social.example"
    )
