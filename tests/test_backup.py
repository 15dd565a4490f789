"""The backup and the restore of docs/for_operators.md, done as they stand there."""

import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from bot.domain.post import Post
from bot.domain.reply import Reply, ReplyState
from tests.company import ANN
from tests.desk import TestDesk

PAGE = Path(__file__).parent.parent / "docs" / "for_operators.md"
SECTION = PAGE.read_text("utf-8").partition("## Back up, restore")[2].partition("\n## ")[0]
BACK_UP, RESTORE = re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "data").mkdir()
    return tmp_path


def typed(text: str, place: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", "-ec", text], cwd=place, capture_output=True, text=True, check=False
    )


def opened(place: Path) -> TestDesk:
    return TestDesk(place / "data" / "desk.db", durable=True)


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_backup_made_while_posts_come_in_is_whole(place: Path) -> None:
    desk, is_done = opened(place), Event()

    def come_in() -> list[Post]:
        posts = []
        while not is_done.is_set() or len(posts) < 100:
            posts.append(desk.a_post(f"where is bag {len(posts)}?"))
            desk.receive(posts[-1])
        return posts

    with ThreadPoolExecutor(1) as door:
        coming = door.submit(come_in)
        done = typed(BACK_UP, place)
        is_done.set()
        posts = coming.result()
    assert (done.returncode, done.stderr) == (0, "")
    assert typed(BACK_UP, place).returncode == 1  # none is overwritten
    assert count(desk, "posts") == len(posts)

    assert mode(place / "data" / "backup.db") == 0o600
    assert typed(RESTORE, place).returncode == 0
    assert mode(place / "data" / "desk.db") == 0o600
    again = opened(place)
    assert again.db.rows("pragma integrity_check")[0][0] == "ok"
    kept = count(again, "posts")
    assert kept == count(again, "cases") <= len(posts)
    receipts = [again.receive(post) for post in posts]
    assert sum(receipt.duplicate for receipt in receipts) == kept
    assert count(again, "cases") == len(posts)


def test_a_reply_that_has_left_since_the_backup_comes_back_to_its_author(place: Path) -> None:
    desk = opened(place)
    reply = desk.replies.submit(desk.post(), "We are on it.", by=ANN, once="once")
    assert typed(BACK_UP, place).returncode == 0
    desk.pass_time("10s")
    desk.sending.send_due()
    assert state(desk, reply) is ReplyState.SENT

    assert typed(RESTORE, place).returncode == 0
    again = opened(place)
    assert state(again, reply) is ReplyState.UNDO
    again.pass_time("1h")
    again.sending.send_due()
    assert again.network.texts == []
    assert state(again, reply) is ReplyState.UNKNOWN


def state(desk: TestDesk, reply: Reply) -> ReplyState:
    with desk.store.reading() as tx:
        return tx.replies.get(reply.key).state


def count(desk: TestDesk, table: str) -> int:
    return int(desk.db.rows(f"select count(*) as n from {table}")[0]["n"])
