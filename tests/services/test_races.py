"""Two processes and many threads want the same: one has it, on either engine."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier

from bot.domain.effects import Kind
from bot.domain.errors import AlreadyClaimed
from bot.domain.ids import CaseId, MemberId
from bot.domain.post import Author, Post
from bot.domain.timeline import What
from tests.company import ANN, BEN, SERVICE
from tests.desk import TestDesk

CASES = 12
FIRST = 1001


def claim_all(url: str, by: MemberId, gate: Barrier) -> None:
    """Every case in order, each at the same moment as the other process."""
    desk = TestDesk(url)
    gate.wait(30)
    for number in range(FIRST, FIRST + CASES):
        try:
            desk.casework.claim(CaseId(number), by=by)
        except AlreadyClaimed:
            continue
    desk.close()


def receive_all(url: str, gate: Barrier) -> None:
    """The same posts from both, as a sender does who heard no answer."""
    desk = TestDesk(url)
    gate.wait(30)
    for number in range(CASES):
        desk.receive(Post("x", f"p{number}", "where is my bag?", Author("@jane")), f"d{number}")
    desk.close()


def at_once(work: object, *words: tuple[object, ...]) -> list[int | None]:
    spawn = multiprocessing.get_context("spawn")
    gate = spawn.Barrier(len(words))
    processes = [spawn.Process(target=work, args=(*each, gate)) for each in words]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]


def test_of_two_processes_that_claim_at_once_one_has_each_case(desk: TestDesk) -> None:
    for number in range(CASES):
        desk.post(by=f"@jane{number}")

    assert at_once(claim_all, (desk.url, ANN), (desk.url, BEN)) == [0, 0]

    for number in range(FIRST, FIRST + CASES):
        assert desk.case(number).assignee in (ANN, BEN)
        assert desk.whats(number).count(What.CLAIMED) == 1
        card = desk.outbox(f"card:{number}:service")
        assert card is not None
        assert card.wanted == 2


def test_of_two_processes_that_are_told_of_the_same_posts_one_opens_each_case(
    desk: TestDesk,
) -> None:
    assert at_once(receive_all, (desk.url,), (desk.url,)) == [0, 0]

    with desk.reading() as tx:
        opened = tx.cases.queue(SERVICE)
    assert [case.id for case in opened] == list(range(FIRST, FIRST + CASES))
    assert len({case.post for case in opened}) == CASES


def test_a_card_that_many_change_at_once_wants_every_revision(desk: TestDesk) -> None:
    number = desk.post()

    def change(_: int) -> None:
        with desk.work() as work:
            work.refresh(work.case(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(40)))

    assert [card.wanted for card in desk.messages(number, Kind.CARD)] == [41]


def test_what_one_process_changes_in_the_set_up_the_other_sees_at_once(desk: TestDesk) -> None:
    other = TestDesk(desk.url)
    number = other.post()
    for member in (ANN, BEN) * 5:
        desk.left("service", member)
        with other.kernel.look() as work:
            assert "service" not in work.standing(member).works_in
        desk.joined("service", member)
        with other.kernel.look() as work:
            assert "service" in work.standing(member).works_in
    assert other.case(number).is_open
    other.close()
