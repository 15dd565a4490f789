"""Random conversations on a network, and the rule that no answer may break in any of them.

Up to six people and two accounts of ours write to each other in the open and in private, edit, take
back, and arrive in any order, while somebody at the desk opens forms and sends what was written in
them, sooner or later. The talk knows the truth: who wrote what, and what each form said.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from bot.domain.accounts import Account, Accounts
from bot.domain.draft import mark_of
from bot.domain.errors import BotError
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Unknown
from bot.domain.post import Author, Post, PostKind, Visibility
from bot.domain.reply import Reply, ReplyState
from bot.domain.reply_form import ReplyForm
from bot.store.posts import StoredPost
from tests.company import ANN, BEN
from tests.desk import TestDesk

OURS = ("@northwind", "@northwind_help")
ACCOUNTS = Accounts(tuple(Account("x", handle) for handle in OURS))
PEOPLE = ("@jane", "@amy", "@troll", "@farid", "@lena", "@omar")
NARROW_TO_WIDE = ("private", "followers", "unlisted", "public")
WORDS = ("where is my bag?", "nobody answers", "booking NW-77", "and now?", "still waiting")


@dataclass(frozen=True)
class Form:
    """What the one who writes was shown, before a word was typed and before it was sent."""

    member: MemberId
    customer: str
    shown: ReplyForm

    @property
    def case(self) -> CaseId:
        return self.shown.case.id


@dataclass
class Counts:
    """How much happened, so that a proof that proves nothing is seen."""

    posts: int = 0
    own: int = 0
    echoes: int = 0
    forms: int = 0
    sent: int = 0
    second_looks: int = 0
    refused: int = 0
    others: int = 0  # cases beside the first of their conversation

    def add(self, more: "Counts") -> None:
        for name, value in vars(more).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Talk:
    """One conversation between everybody, and what the desk made of it."""

    desk: TestDesk
    dice: Random
    name: str  # makes its ids its own
    faults: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self.people = self.dice.sample(PEOPLE, self.dice.randint(1, len(PEOPLE)))
        self.has_ids = self.dice.random() < 0.5
        self.has_conversations = self.dice.random() < 0.5
        self.truth: dict[str, Post] = {}  # as each was first written, by id
        self.on_its_way: list[Post] = []
        self.forms: dict[str, Form] = {}  # by the words that were written in it
        self.opened: list[Form] = []
        self.previewed: list[tuple[Form, str]] = []
        self.cases: set[CaseId] = set()
        self.ids = 0

    def run(self, steps: int) -> "Talk":
        """So many things happen; then all that is on its way arrives, and all that waits leaves."""
        for _ in range(steps):
            acts, weights = zip(*self._acts(), strict=True)
            self.dice.choices(acts, weights)[0]()
        for post in self._shuffled(self.on_its_way):
            self._arrive(post)
        self._drain()
        self._judge_cases()
        return self

    def _drain(self) -> None:
        """What may leave by itself has left; the next talk at this desk begins with nothing."""
        self.desk.now += timedelta(minutes=10)
        while self._leave():
            pass

    def _acts(self) -> Iterator[tuple[Callable[[], None], int]]:
        yield self._speak, 8
        yield self._speak_for_us, 2
        yield self._edit, 2
        yield self._take_back, 1
        yield self._something_arrives, 6
        yield self._open_a_form, 4
        yield self._choose_another_post, 1
        yield self._preview, 4
        yield self._send, 4
        yield self._decide, 2
        yield self._time_passes, 3
        yield self._close, 1

    # On the network

    def _speak(self) -> None:
        who = self.dice.choice(self.people)
        above = self._something_above()
        self._write(who, above, addressed=self.dice.random() < 0.85)

    def _speak_for_us(self) -> None:
        """Somebody uses the network's own app, in our name."""
        above = self._something_above() if self.dice.random() < 0.7 else None
        self._write(self.dice.choice(OURS), above, addressed=self.dice.random() < 0.7)

    def _write(self, who: str, above: Post | None, *, addressed: bool) -> None:
        visibility = self._visibility(above)
        ours = who in OURS
        account = who if ours and self.dice.random() < 0.5 else self._account(above)
        post = Post(
            source="x",
            id=self._new_id(),
            text=f"{self.dice.choice(WORDS)} {self.ids}",
            author=Author(who, self._id_of(who)),
            created_at=self.desk.now,
            account=account,
            visibility=visibility,
            addressed=addressed,
            in_reply_to=above.id if above else None,
            conversation=self._conversation(above),
        )
        self.truth[post.id] = post
        self._send_on(post)

    def _edit(self) -> None:
        if post := self._some_post():
            words = f"{post.text} (edited)"
            self._send_on(replace(post, kind=PostKind.EDIT, text=words))

    def _take_back(self) -> None:
        if post := self._some_post():
            self._send_on(replace(post, kind=PostKind.DELETE, text=""))

    def _send_on(self, post: Post) -> None:
        """Most arrive at once, some later than what was written after them."""
        if self.dice.random() < 0.6:
            self._arrive(post)
        else:
            self.on_its_way.append(post)

    def _something_arrives(self) -> None:
        if self.on_its_way:
            self._arrive(self.on_its_way.pop(self.dice.randrange(len(self.on_its_way))))

    def _arrive(self, post: Post) -> None:
        before = self._running()
        case = self.desk.receive(post).case
        self.counts.posts += 1
        if self._is_ours(post):
            self.counts.own += 1
            after = self._running()
            if after[0] > before[0] or after[1] > before[1]:
                self._fault(f"our own words {post.id}: (clocks, cases) {before} -> {after}")
        elif case:
            self.cases.add(case)

    # At the desk

    def _open_a_form(self) -> None:
        number = self._some_case()
        if number is None:
            return
        with self._refusable():
            member = self.dice.choices([ANN, BEN], [5, 1])[0]
            self._keep_form(number, member, self.desk.replies.draft(number, by=member))

    def _choose_another_post(self) -> None:
        """Of the same customer, in a form that is open."""
        if self.opened and (choices := self.opened[-1].shown.choices):
            form, mark = self.opened.pop(), self.dice.choice(choices).mark
            with self._refusable():
                carried = form.shown.draft.carried
                chosen = self.desk.replies.choose(carried, mark, "so far", by=form.member)
                self._keep_form(form.case, form.member, chosen)

    def _preview(self) -> None:
        """From a form that may be old by now, with an account where one has to be chosen."""
        if not self.opened:
            return
        form = self.opened.pop(self.dice.randrange(len(self.opened)))
        text = f"Answer {self.name} {len(self.forms)} for {form.customer}, booking NW-77"
        accounts = form.shown.accounts
        account = mark_of(self.dice.choice(accounts)) if accounts else ""
        with self._refusable():
            preview = self.desk.replies.preview(
                form.case, text, by=form.member, carried=form.shown.draft.carried, account=account
            )
            self._judge_preview(form, preview.draft)
            looked_at = replace(form, shown=preview.draft)
            self.forms[text] = looked_at
            self.previewed.append((looked_at, text))

    def _send(self) -> None:
        if not self.previewed:
            return
        form, text = self.previewed.pop(self.dice.randrange(len(self.previewed)))
        with self._refusable():
            once = f"{self.name}:{text}"
            self.desk.replies.send(form.shown.draft.carried, by=form.member, once=once)

    def _decide(self) -> None:
        """What is held gets its second look, in any of the ways there are."""
        for reply in self._replies():
            if reply.state is ReplyState.HELD:
                self.counts.second_looks += 1
                with self._refusable():
                    self._look_again(reply)
            if reply.state is ReplyState.UNKNOWN:
                with self._refusable():
                    self.desk.replies.send_again(reply.key, by=reply.author)

    def _look_again(self, reply: Reply) -> None:
        luck = self.dice.random()
        if luck < 0.6:
            self.desk.replies.send_held(reply.key, by=reply.author)
        elif luck < 0.8:
            self.desk.replies.drop(reply.key, by=reply.author)
        else:
            draft = self.desk.replies.rewrite(reply.key, by=reply.author)
            self._keep_form(reply.case, reply.author, draft)

    def _keep_form(self, number: CaseId, member: MemberId, shown: ReplyForm) -> None:
        form = Form(member, self._customer(number), shown)
        self._judge_form(form)
        self.opened.append(form)
        self.counts.forms += 1

    def _close(self) -> None:
        if number := self._some_case():
            with self._refusable():
                self.desk.closings.no_reply(number, by=ANN)

    def _time_passes(self) -> None:
        """The undo runs out, answers leave, and come back from the network as posts."""
        self.desk.now += timedelta(seconds=self.dice.choice([2, 12, 700]))
        self._leave()

    def _leave(self) -> int:
        """One round of sending; how many were looked at."""
        self.desk.network.meanwhile = self._echo_early
        is_unknown = self.dice.random() < 0.15
        self.desk.network.answers = [Unknown("no answer")] if is_unknown else []
        sent = len(self.desk.network.said)
        looked_at = self.desk.sending.send_due()
        for number, (reply, post) in enumerate(self.desk.network.said[sent:], start=sent + 1):
            self._judge_answer(reply, post)
            if not is_unknown or self.dice.random() < 0.5:
                self._echo(reply, post, f"r{number}")
        self.desk.network.meanwhile = lambda: None
        return looked_at

    def _echo_early(self) -> None:
        """The network shows it before it has told us that it took it."""
        sending = [reply for reply in self._replies() if reply.state is ReplyState.SENDING]
        if sending and self.dice.random() < 0.3:
            reply = sending[0]
            number = len(self.desk.network.said) + 1
            answered = self.truth.get(reply.post.partition(":")[2])
            if answered:
                self._arrive(self._as_post(reply, answered, f"r{number}"))
                self.counts.echoes += 1

    def _echo(self, reply: Reply, post: Post, remote_id: str) -> None:
        echo = self._as_post(reply, post, remote_id)
        self.truth[remote_id] = echo
        if self.dice.random() < 0.7:
            self._send_on(echo)
            self.counts.echoes += 1

    def _as_post(self, reply: Reply, post: Post, remote_id: str) -> Post:
        who = reply.account or OURS[0]
        return Post(
            source="x", id=remote_id, text=reply.text, author=Author(who, self._id_of(who)),
            created_at=self.desk.now, account=reply.account, visibility=reply.visibility,
            in_reply_to=post.id, conversation=post.conversation,
        )  # fmt: skip

    # What must hold

    def _judge_form(self, form: Form) -> None:
        author = form.shown.post.author.handle
        if author != form.customer:
            self._fault(f"the form of {form.customer} names {author}'s post")
        self._not_wider(form.shown.visibility, form.shown.post, "the form")

    def _judge_preview(self, form: Form, preview: ReplyForm) -> None:
        """The second look shows what the first has shown, but for an account that was chosen."""
        accounts = form.shown.accounts or (form.shown.account,)
        if preview.post.key != form.shown.post.key or preview.visibility != form.shown.visibility:
            self._fault(f"the form named {form.shown.post.key}, the preview {preview.post.key}")
        if preview.account not in accounts:
            self._fault(f"the form offered {accounts}, the preview says {preview.account}")

    def _judge_answer(self, reply: Reply, post: Post) -> None:
        form = self.forms.get(reply.text)
        if form is None:
            self._fault(f"nobody previewed {reply.text!r}")
            return
        self.counts.sent += 1
        if post.author.handle != form.customer:
            self._fault(f"for {form.customer}, under {post.author.handle}'s {post.id}")
        if post.key != form.shown.post.key:
            self._fault(f"the form named {form.shown.post.key}, it went under {post.key}")
        if _width(reply.visibility) > _width(form.shown.visibility):
            self._fault(f"the form said {form.shown.visibility}, it went out {reply.visibility}")
        self._not_wider(reply.visibility, post, "the answer")
        if reply.account != form.shown.account:
            self._fault(f"the form said {form.shown.account}, it left from {reply.account}")

    def _not_wider(self, visibility: Visibility, post: Post, what: str) -> None:
        if _width(visibility) > _width(self.truth[post.id].visibility):
            self._fault(f"{what} is {visibility}, wider than {post.id}")

    def _judge_cases(self) -> None:
        """One customer a case, each of their words in one, none of ours in any."""
        with self.desk.reading() as tx:
            for number in sorted(self.cases):
                opener = self.truth[tx.cases.get(number).post.partition(":")[2]].author.handle
                authors = {stored.post.author.handle for stored in tx.posts.of_case(number)}
                if opener in OURS or authors - {opener}:
                    self._fault(f"#{number} of {opener} holds words of {sorted(authors)}")
            for post in self.truth.values():
                if not self._is_ours(post):
                    self._judge_post(post, tx.posts.get(post.key))
        self.counts.others += max(len(self.cases) - 1, 0)

    def _judge_post(self, post: Post, stored: StoredPost | None) -> None:
        if stored is None:
            self._fault(f"{post.id} is lost")
        elif post.addressed and stored.case is None and not stored.deleted_at:
            self._fault(f"{post.id} of {post.author.handle} has no case")

    # Facts

    def _fault(self, what: str) -> None:
        self.faults.append(f"{self.name}: {what}")

    @contextmanager
    def _refusable(self) -> Iterator[None]:
        """The desk may refuse anybody anything, as long as what it does is right."""
        try:
            yield
        except BotError:
            self.counts.refused += 1

    def _is_ours(self, post: Post) -> bool:
        """By what a network tells: the account written to, or one that the desk was told of."""
        return post.author.handle in OURS

    def _running(self) -> tuple[int, int]:
        """How many clocks run and how many cases there are, at the whole desk."""
        sql = """select (select count(*) from promises where stopped_at is null) as clocks,
                        (select count(*) from cases) as cases"""
        row = self.desk.db.rows(sql)[0]
        return row["clocks"], row["cases"]

    def _replies(self) -> list[Reply]:
        with self.desk.reading() as tx:
            return [reply for n in sorted(self.cases) for reply in tx.replies.of_case(n)]

    def _customer(self, number: CaseId) -> str:
        with self.desk.reading() as tx:
            opener = tx.posts.get(tx.cases.get(number).post)
        assert opener is not None
        return opener.post.author.handle

    def _some_case(self) -> CaseId | None:
        return self.dice.choice(sorted(self.cases)) if self.cases else None

    def _some_post(self) -> Post | None:
        return self.truth[self.dice.choice(sorted(self.truth))] if self.truth else None

    def _something_above(self) -> Post | None:
        return self._some_post() if self.dice.random() < 0.75 else None

    def _visibility(self, above: Post | None) -> Visibility:
        if above and self.dice.random() < 0.5:
            return above.visibility
        return self.dice.choice(list(Visibility))

    def _account(self, above: Post | None) -> str | None:
        return self.dice.choice([*OURS, above.account if above else None, None])

    def _conversation(self, above: Post | None) -> str | None:
        if not self.has_conversations:
            return None
        return above.conversation if above else f"cv-{self.name}-{self.dice.randint(1, 2)}"

    def _id_of(self, who: str) -> str | None:
        return f"id-{who}" if self.has_ids else None

    def _new_id(self) -> str:
        self.ids += 1
        return f"{self.name}-{self.ids}"

    def _shuffled(self, posts: Sequence[Post]) -> list[Post]:
        return self.dice.sample(list(posts), len(posts))


def _width(visibility: Visibility) -> int:
    return NARROW_TO_WIDE.index(visibility)
