"""networks.toml, read into the accounts that are ours and the doors that posts come in by."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from bot.domain.accounts import WEBHOOK, Account, Accounts, Budget, Door, folded
from bot.domain.durations import parse_duration
from bot.domain.errors import BadDuration
from bot.domain.post import BY_HAND
from bot.domain.post_json import MAX_WORD, SOURCE
from bot.domain.setup_tables import Document, Table
from bot.domain.setup_values import each, in_text, person, text
from bot.domain.web_address import is_web_address

FILE = "networks.toml"

_SECRET_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_BUDGET = re.compile(r"([1-9][0-9]{0,8}) */ *(minute|hour|day|month)")
_STRETCHES = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=30),
}
_OF_SERVERS = ("mastodon",)  # where a short handle may be anybody's, on one server or another


def read_accounts(document: Document, faults: list[str]) -> Accounts:
    """The accounts and doors as far as they can be read; what is wrong is added to `faults`."""
    top = Table(FILE, document, faults)
    accounts = tuple(_account(table) for table in top.tables("account", "network", "handle"))
    doors = tuple(_door(table) for table in top.tables("door", "name"))
    top.refuse_unread()
    _refuse_twice(top, "account", [(one.network, folded(one.handle)) for one in accounts])
    _refuse_twice(top, "door", [(one.name,) for one in doors])
    return Accounts(accounts, doors)


def _account(table: Table) -> Account:
    network = table.need("network", in_text(_label), "", example='"mastodon"')
    handle = table.need("handle", in_text(_word), "", example='"@northwind"')
    server = table.read("server", in_text(_address), None)
    if network in _OF_SERVERS and table.is_sound and not server and "@" not in folded(handle):
        whole = f"@{folded(handle)}@social.example"
        table.fault("handle", f"which server is it on? write it whole, like {whole}")
    return Account(
        network,
        handle,
        server,
        table.read("secrets", _secrets, ()),
        table.read("custodian", in_text(person), None),
        table.read("every", in_text(_every), None),
        table.read("budget", in_text(_budget), None),
        tuple(table.read("searches", each(text), [])),
        table.read("location", text, None),
    )


def _door(table: Table) -> Door:
    return Door(
        table.need("name", in_text(_door_name), "", example='"shop"'),
        table.need("secret", in_text(_secret_name), "", example='"SHOP_SECRET"'),
        table.read("account", in_text(_word), None),
        table.read("reply_url", in_text(_address), None),
    )


def _refuse_twice(top: Table, key: str, names: list[tuple[str, ...]]) -> None:
    for name, count in Counter(names).items():
        if count > 1 and all(name):
            top.fault(key, f"{' '.join(name)} is there {count} times; keep one")


def _label(value: str) -> str:
    if not SOURCE.fullmatch(value):
        raise ValueError("write 1 to 32 of a-z, 0-9, _ and -, as posts name their source")
    return value


def _door_name(value: str) -> str:
    if value in (WEBHOOK, BY_HAND):
        raise ValueError(f"“{value}” is the desk's own; choose another name")
    return _label(value)


def _word(value: str) -> str:
    if len(value) > MAX_WORD or len(value.split()) > 1 or not folded(value):
        raise ValueError("write one handle without spaces, as the network shows it")
    return value


def _address(value: str) -> str:
    if not is_web_address(value):
        raise ValueError("is no web address; write it whole, like https://social.example")
    return value


def _secret_name(value: str) -> str:
    """A name in `.env`; whoever pastes the secret itself is told without repeating it."""
    if not _SECRET_NAME.fullmatch(value):
        raise ValueError(
            "write the name that the secret has in .env, like SHOP_SECRET, not the secret"
        )
    return value


def _secrets(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise ValueError('write names of .env in braces, like { token = "NORTHWIND_TOKEN" }')
    return tuple((str(use), _secret_name(text(name))) for use, name in value.items())


def _every(value: str) -> timedelta:
    try:
        every = parse_duration(value).elapsed
    except BadDuration:
        every = timedelta()
    if every < timedelta(seconds=1):
        raise ValueError(f"“{value}” is no time between two looks; write 15s, 5m or 1h")
    return every


def _budget(value: str) -> Budget:
    found = _BUDGET.fullmatch(value)
    if not found:
        raise ValueError(f"“{value}” is no budget; write calls by time, like 300/day or 60/minute")
    return Budget(int(found[1]), _STRETCHES[found[2]])
