"""Further doors: each with a secret of its own, and its replies leave by it."""

import json
from pathlib import Path
from urllib.error import HTTPError

import pytest
from standardwebhooks import Webhook

from tests.connectors.address import SECRET, Address, address
from tests.journeys.conftest import OpenHouse

NETWORKS = """
[[account]]
network = "mastodon"
handle = "@northwind@social.example"

[[door]]
name = "shop"
secret = "SHOP_SECRET"
account = "@northwind_shop"
reply_url = "{url}"

[[door]]
name = "forum"
secret = "FORUM_SECRET"
"""
FORUM = "whsec_" + "Zm9y" * 8


def written(folder: Path, server: Address) -> dict[str, str]:
    (folder / "networks.toml").write_text(NETWORKS.format(url=server.url))
    return {"CONFIG_DIR": str(folder), "SHOP_SECRET": SECRET, "FORUM_SECRET": FORUM}


def test_a_reply_leaves_by_the_door_its_post_came_by(open_house: OpenHouse, tmp_path: Path):
    with address(lambda call: call.answer(200, b'{"id": "99"}')) as server:
        house = open_house(**written(tmp_path, server))
        house.post("Where is my bag?", door="shop", key=SECRET, source=None)
        house.answer(house.ann, "It does now.")
        house.card(1001, says="goes out at")
        house.pass_time("10s")
        house.card(1001, says="answer was sent")
        (call,) = server.calls

    Webhook(SECRET).verify(call.body, dict(call.headers))
    sent = json.loads(call.body)
    assert (sent["source"], sent["text"]) == ("shop", "It does now.")
    assert house.network.texts == [], "nothing of it by the door `webhook`"


def test_no_key_opens_anothers_door(open_house: OpenHouse, tmp_path: Path):
    with address(lambda call: call.answer(500)) as server:
        house = open_house(**written(tmp_path, server))
        for door, key, status in (
            ("forum", SECRET, 401), ("webhook", FORUM, 401), ("cellar", SECRET, 404),
        ):  # fmt: skip
            with pytest.raises(HTTPError) as refused:
                house.post("Where is my bag?", door=door, key=key)
            assert refused.value.code == status
            refused.value.close()


def test_accounts_and_doors_are_listed_with_what_is_missing(open_house: OpenHouse, tmp_path: Path):
    with address(lambda call: call.answer(500)) as server:
        house = open_house(**written(tmp_path, server))
        told = house.told(house.ann, "/desk networks")
    assert "mastodon: @northwind@social.example · only recognised as ours" in told
    assert "`/intake/shop` · replies leave as @northwind_shop where a post names none" in told
    assert (
        "`/intake/forum` · replies name no account where a post names none · missing: `reply_url`"
        in told
    )
    assert SECRET not in told
    assert "127.0.0.1" not in told, "an address may hold a key"
