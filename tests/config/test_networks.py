"""networks.toml together with `.env`: what a start reads of both."""

import base64
from pathlib import Path

import pytest

from bot.domain.accounts import Account, Door
from bot.domain.errors import Broken
from config.files import SHIPPED
from config.networks import load_networks, networks_of, readable_networks
from config.settings import Settings, load_settings, readable_settings

KEY = "whsec_" + base64.b64encode(b"k" * 32).decode()
SHOP = (
    '[[door]]\nname = "shop"\nsecret = "SHOP_SECRET"\nreply_url = "https://shop.example/r?k=hush"\n'
)
OURS = (
    '[[account]]\nnetwork = "mastodon"\nhandle = "@northwind@social.example"\n'
    'secrets = { token = "NORTHWIND_TOKEN" }\n'
)


def desk(folder: Path, text: str) -> Settings:
    (folder / "networks.toml").write_text(text, encoding="utf-8")
    return Settings(config_dir=folder)


def test_as_shipped_it_names_nobody_and_nobody_needs_to_have_it(tmp_path: Path):
    for folder in (SHIPPED, tmp_path):
        settings = Settings(config_dir=folder)
        assert load_networks(settings, {}, None) == networks_of(settings)


def test_the_commented_example_of_the_shipped_file_has_no_fault(tmp_path: Path):
    shipped = (SHIPPED / "networks.toml").read_text(encoding="utf-8")
    example = shipped[shipped.index("# [[account]]\n") :].replace("# ", "")
    found, faults = readable_networks(desk(tmp_path, example), {"SHOP_SECRET": KEY}, None)
    assert faults == []
    assert found.faults_for_run == ()
    assert [one.handle for one in found.accounts.accounts] == ["@northwind@social.example"]


def test_the_door_that_is_always_there_is_made_of_settings():
    settings = load_settings(
        {"WEBHOOK_ACCOUNT": "@northwind", "WEBHOOK_REPLY_URL": "https://r.example"}, None
    )
    (door,) = networks_of(settings).accounts.doors
    assert door == Door("webhook", "INTAKE_SECRET", "@northwind", "https://r.example")


def test_a_secret_comes_from_the_file_or_the_environment(tmp_path: Path):
    settings = desk(tmp_path, OURS + SHOP)
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"SHOP_SECRET={KEY}\nNORTHWIND_TOKEN=old\n", encoding="utf-8")
    found = load_networks(settings, {"NORTHWIND_TOKEN": "new"}, dotenv)
    assert found.secrets == {"SHOP_SECRET": KEY, "NORTHWIND_TOKEN": "new"}
    assert found.accounts.missing == {"INTAKE_SECRET"}
    assert KEY not in repr(found)
    assert "hush" not in repr(found)


def test_what_is_missing_is_told_with_its_table_and_key(tmp_path: Path):
    found = load_networks(desk(tmp_path, OURS + SHOP), {"SHOP_SECRET": "abc"}, None)
    token, key = found.faults_for_run
    assert token == (
        "networks.toml: account 1 (mastodon, @northwind@social.example): secrets.token:"
        " NORTHWIND_TOKEN is not set; paste it into .env: NORTHWIND_TOKEN=…"
    )
    assert key.startswith("networks.toml: door 1 (shop): secret: SHOP_SECRET is not whsec_")
    assert found.accounts.missing == {"INTAKE_SECRET", "NORTHWIND_TOKEN", "SHOP_SECRET"}


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path):
    with pytest.raises(Broken) as broken:
        load_networks(desk(tmp_path, "[[account]]\nnetwork = x\n"), {}, None)
    (fault,) = broken.value.faults
    assert fault.startswith("networks.toml: line 2: ")


def test_a_name_that_the_file_gives_a_meaning_is_no_misspelt_setting(tmp_path: Path):
    """MAKE_SECRET looks like INTAKE_SECRET."""
    desk(tmp_path, SHOP.replace("SHOP_SECRET", "MAKE_SECRET"))
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"CONFIG_DIR={tmp_path}\nMAKE_SECRET={KEY}\n", encoding="utf-8")
    assert readable_settings({}, dotenv)[1] == []
    dotenv.write_text(f"MAKE_SECRET={KEY}\n", encoding="utf-8")
    assert readable_settings({}, dotenv)[1] != []


def test_accounts_of_both_are_known(tmp_path: Path):
    found = load_networks(desk(tmp_path, OURS), {"NORTHWIND_TOKEN": "t"}, None)
    assert found.accounts.of_source("mastodon") == (
        Account("mastodon", "@northwind@social.example", secrets=(("token", "NORTHWIND_TOKEN"),)),
    )
