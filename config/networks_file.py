"""networks.toml itself: what it says, and which secrets it names."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.domain.accounts import Accounts
from bot.domain.setup_networks import FILE, read_accounts
from config.files import read_toml, why_unreadable
from config.values import Secret, secret, webhook_key


def read_file(folder: Path, faults: list[str]) -> Accounts:
    """As far as it can be read; what is wrong is added to `faults`. Nobody needs to have one."""
    path = folder / FILE
    if not path.exists():
        return Accounts()
    try:
        return read_accounts(read_toml(path), faults)
    except (OSError, ValueError, RecursionError) as error:
        faults.append(f"{FILE}: {why_unreadable(error)}")
        return Accounts()


def secret_names(folder: Path) -> set[str]:
    """The names that the file gives a meaning in `.env`, as far as it can be read."""
    return {name for _, name, _ in wanted_secrets(read_file(folder, []))}


def wanted_secrets(accounts: Accounts) -> Iterator[tuple[str, str, Callable[[str], Secret]]]:
    """Where each secret is named, its name, and what it has to be."""
    for number, account in enumerate(accounts.accounts, start=1):
        called = f"account {number} ({account.network}, {account.handle})"
        for use, name in account.secrets:
            yield f"{called}: secrets.{use}", name, secret
    for number, door in enumerate(accounts.doors, start=1):
        if door.secret:
            yield f"door {number} ({door.name}): secret", door.secret, webhook_key
