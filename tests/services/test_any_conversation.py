"""Whatever is said by whom, and in whatever order it comes in: one customer a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts import Account, Accounts
from bot.domain.post import Author, Post, PostKind, Visibility
from bot.services.intake import Intake
from tests.desk import TestDesk

PEOPLE = ("@jane", "@amy", "@troll", "@farid", "@lena", "@omar")
OURS = ("@northwind", "@northwind_help")

_talks = count(1)


@dataclass(frozen=True)
class Said:
    """One thing that happens on the network; `above` is which earlier post it answers."""

    who: str
    above: int
    answers: bool
    in_thread: bool
    addressed: bool
    dated: bool
    visibility: Visibility
    kind: PostKind
    names_account: bool


said = st.builds(
    Said,
    who=st.sampled_from(PEOPLE + OURS),
    above=st.integers(0, 20),
    answers=st.booleans(),
    in_thread=st.booleans(),
    addressed=st.sampled_from([True, True, True, False]),
    dated=st.booleans(),
    visibility=st.sampled_from(list(Visibility)),
    kind=st.sampled_from([PostKind.POST] * 6 + [PostKind.EDIT, PostKind.DELETE]),
    names_account=st.booleans(),
)


def posts_of(talk: str, told: Sequence[Said], has_ids: bool, desk: TestDesk) -> list[Post]:
    """As the network has them, in the order in which they were said."""
    posts: list[Post] = []
    for number, one in enumerate(told):
        above = posts[one.above % len(posts)] if posts else None
        if above and one.kind is not PostKind.POST:
            posts.append(replace(above, kind=one.kind, text=f"{above.text} {number}"))
            continue
        post = Post(
            "x", f"{talk}-{number}", f"words {number}",
            Author(one.who, f"id{one.who}" if has_ids else None),
            created_at=desk.now + timedelta(minutes=number) if one.dated else None,
            account=OURS[number % 2] if one.names_account else None,
            visibility=one.visibility, addressed=one.addressed,
            in_reply_to=above.id if above and one.answers else None,
            conversation=talk if one.in_thread else None,
        )  # fmt: skip
        posts.append(post)
    return posts


def clocks_and_cases(desk: TestDesk) -> tuple[int, int]:
    sql = """select (select count(*) from promises where stopped_at is null) as clocks,
                    (select count(*) from cases) as cases"""
    [row] = desk.db.rows(sql)
    return row["clocks"], row["cases"]


def arrive(desk: TestDesk, post: Post) -> None:
    before = clocks_and_cases(desk)
    desk.receive(post)
    if post.author.handle in OURS:
        after = clocks_and_cases(desk)
        assert after[0] <= before[0]
        assert after[1] == before[1]


def check(desk: TestDesk, posts: Iterable[Post]) -> None:
    """Each addressed post of a stranger is in one case, and that is its author's."""
    with desk.reading() as tx:
        for key in {post.key for post in posts}:
            stored = tx.posts.get(key)
            assert stored is not None
            if stored.post.author.handle in OURS:
                assert stored.case is None
            elif stored.case is not None:
                case = tx.cases.get(stored.case)
                assert case.customer == stored.author
                assert {one.author for one in tx.posts.of_case(case.id)} == {case.customer}
            else:
                assert not stored.post.addressed or stored.deleted_at


@given(
    told=st.lists(said, min_size=1, max_size=20),
    has_ids=st.booleans(),
    order=st.randoms(use_true_random=False),
    is_shuffled=st.booleans(),
    is_answered=st.booleans(),
)
@settings(max_examples=40)
def test_one_customer_a_case_and_no_clock_for_us(
    desk: TestDesk, told: list[Said], has_ids: bool, order: object, is_shuffled: bool,
    is_answered: bool,
) -> None:  # fmt: skip
    accounts = Accounts(tuple(Account("x", handle) for handle in OURS))
    desk.intake = Intake(replace(desk.kernel, accounts=accounts), desk.languages)
    posts = posts_of(f"talk{next(_talks)}", told, has_ids, desk)
    if is_shuffled:
        order.shuffle(posts)  # type: ignore[attr-defined]
    for number, post in enumerate(posts):
        arrive(desk, post)
        if is_answered and number == len(posts) // 2:
            answer_all(desk, posts[: number + 1])
    check(desk, posts)


def answer_all(desk: TestDesk, posts: Iterable[Post]) -> None:
    """The word is the customer's in each case that is open by then."""
    with desk.reading() as tx:
        found = [tx.posts.get(post.key) for post in posts]
        cases = {one.case for one in found if one and one.case and tx.cases.get(one.case).is_open}
    for case in sorted(cases):
        with desk.work() as work:
            work.tx.cases.save(work.case(case).answered(work.at))
