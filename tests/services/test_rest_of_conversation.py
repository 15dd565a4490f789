"""Hundreds who comment under one post of ours are closed together, after a look."""

from bot.domain.ids import CaseId
from bot.domain.post import Post, Priority
from tests.company import ANN, BEN, TOM
from tests.desk import TestDesk


def under(desk: TestDesk, post: Post, many: int) -> list[CaseId]:
    return [desk.post(f"me too {n}", by=f"@fan{n}", in_reply_to=post.id) for n in range(many)]


def announced(desk: TestDesk) -> Post:
    post = desk.a_post("Big bag sale today!", by="@northwind", account="@northwind")
    assert desk.receive(post).case is None
    return post


def test_five_hundred_comments_are_closed_in_three_looks(desk: TestDesk) -> None:
    first, *others = under(desk, announced(desk), 500)
    closed = 0
    for listed, more in ((200, 299), (200, 99), (99, 0)):
        board = desk.boards.rest_of_conversation(first, by=ANN)
        assert (len(board.lines), board.more) == (listed, more)
        done, refused = desk.closings.no_reply_to([line.case.id for line in board.lines], by=ANN)
        assert refused == {}
        closed += len(done)

    assert closed == len(others)
    assert desk.case(first).is_open


def test_what_is_set_apart_stays_open_and_is_counted(desk: TestDesk) -> None:
    post = announced(desk)
    mine, hers, free = under(desk, post, 3)
    desk.casework.claim(hers, by=BEN)
    urgent = desk.post("insulin!", by="@amy", in_reply_to=post.id, priority=Priority.URGENT)
    elsewhere = desk.post("the app", by="@omar", in_reply_to=post.id)

    board = desk.boards.rest_of_conversation(mine, by=ANN)

    assert [line.case.id for line in board.lines] == [free]
    assert board.others == len([hers, urgent, elsewhere])


def test_other_conversations_are_left_alone(desk: TestDesk) -> None:
    number = desk.post("my bag")
    desk.post("my seat", by="@amy")

    assert desk.boards.rest_of_conversation(number, by=ANN).lines == ()


def test_only_the_asker_s_departments_are_listed(desk: TestDesk) -> None:
    post = announced(desk)
    under(desk, post, 2)
    technical = desk.post("the app", by="@omar", in_reply_to=post.id)

    assert desk.boards.rest_of_conversation(technical, by=TOM).lines == ()
