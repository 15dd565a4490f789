"""Public replies on their way out: at most once visible, by the protocol of `docs/decisions`."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.domain.accounts import WEBHOOK
from bot.domain.case import Case
from bot.domain.ids import DESK
from bot.domain.outbox import Delivered, NetworkAnswer, NotExecuted, Refused, Unknown
from bot.domain.ports import LastLook, Network, no_last_look
from bot.domain.post import BY_HAND, Post
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.services import answering, customers, ours, targets
from bot.services.epochs import begin_if_older
from bot.services.kernel import Kernel, Work
from bot.services.unsure import take_back_reply

BATCH = 4
TRIED_FOR = timedelta(hours=4)  # an answer later than this may be wrong: a person looks first

log = logging.getLogger(__name__)


class Sending:
    """`networks` says where replies go, by the door “/shop” that the post came by or its source.

    "" is for every other, and for the door `webhook`.

    One loop calls `send_due`, so between two rounds nothing is being sent.
    """

    def __init__(
        self, kernel: Kernel, networks: Mapping[str, Network], last_look: LastLook = no_last_look
    ):
        self._kernel = kernel
        self._networks = networks
        self._last_look = last_look
        self._answers: dict[str, NetworkAnswer] = {}  # until the store has taken them
        self._unsure: Reply | None = None  # recorded as leaving, if the store has kept it

    def recover(self) -> None:
        """After a crash: a reply that was being sent may be public. Nobody sends it again."""
        with self._kernel.work() as work:
            for reply in work.tx.replies.in_state(ReplyState.SENDING, limit=10_000):
                lost = reply.lose_sight("the desk stopped while it was being sent")
                answering.failed(work, lost, DESK)

    def send_due(self) -> int:
        """Replies whose *Undo* has run out, one for each case; how many were looked at."""
        self._settle_all()
        self._take_back()
        for looked_at in range(BATCH):
            if not self._is_any_ripe():
                return looked_at
            self._send_next()
        return BATCH

    def _is_any_ripe(self) -> bool:
        """Read first: a round that finds nothing neither writes nor wakes anybody."""
        with self._kernel.look() as work:
            return bool(work.tx.replies.ripe(work.at, limit=1))

    def _send_next(self) -> None:
        """One by one, so that the switch stops all that have not left."""
        with self._kernel.work() as work:
            if begin_if_older(work):
                return
            ripe = work.tx.replies.ripe(work.at, limit=1)
            started = _started(work, ripe[0]) if ripe else None
            self._unsure = started[0] if started else None
        self._unsure = None
        if started:
            reply, post = started
            self._answers[reply.key] = self._send(reply, post)
            self._settle_all()

    def _take_back(self) -> None:
        if self._unsure:
            with self._kernel.work() as work:
                take_back_reply(work, self._unsure)
            self._unsure = None

    def _send(self, reply: Reply, post: Post) -> NetworkAnswer:
        network = self._network_of(post)
        if network is None:
            return Refused(f"the door “{post.door}” it came by is not in networks.toml any more")
        try:
            return network.send(reply, post, self._last_look)
        except Exception:  # whatever broke, the words may have left before
            log.exception("network failed", extra={"reply": reply.key, "network": post.source})
            return Unknown("the desk failed while it was being sent")

    def _network_of(self, post: Post) -> Network | None:
        """None: it came by a door that is gone, and nobody else may be told its answer."""
        if post.source == BY_HAND or post.door in (None, WEBHOOK):
            return self._networks.get(post.source, self._networks[""])
        return self._networks.get(f"/{post.door}")

    def _settle_all(self) -> None:
        """What a network has said is kept in mind until it is kept for good."""
        for key, answer in list(self._answers.items()):
            with self._kernel.work() as work:
                reply = work.tx.replies.get(key)
                if reply.state is ReplyState.SENDING:
                    _settle(work, reply, answer)
                else:  # it was kept, unheard, or its own words have come back before
                    ours.late_receipt(work, reply, answer)
            del self._answers[key]


def _started(work: Work, reply: Reply) -> tuple[Reply, Post] | None:
    """Recorded as being sent, or held with the reason."""
    case = work.case(reply.case)
    stored = work.tx.posts.get(reply.post)
    assert stored is not None  # a reply has its post
    reason = _reason_to_hold(work, case, reply)
    if reason:
        answering.failed(work, reply.hold(reason), DESK)
        return None
    return answering.keep(work, reply.start(work.at), DESK), stored.post


def _reason_to_hold(work: Work, case: Case, reply: Reply) -> str:
    """A switch, a wrong target, a newer word, a right that is gone, too long a wait; or ""."""
    if work.setup.outgoing is not Outgoing.ON:
        return f"public replies are {work.setup.outgoing.in_words}"
    if wrong := targets.misaddressed(work, case, reply):
        return wrong
    if newer := customers.newer_word(work, case, since=reply.created_at):
        return newer
    publishes_in = work.standing(reply.author).publishes_in
    if case.department not in publishes_in and not work.is_called(case, reply.author):
        return f"<@{reply.author}> may no longer publish for this department"
    if work.at - reply.created_at >= TRIED_FOR:
        return f"it could not be sent for hours: {reply.reason or 'the desk did not run'}"
    return ""


def _settle(work: Work, reply: Reply, answer: NetworkAnswer) -> None:
    match answer:
        case Delivered():
            sent = reply.confirm(work.at, answer.id, answer.url)
            ours.receipt_came(work, sent)
            answering.delivered(work, sent, DESK)
        case NotExecuted():
            wait = answer.wait * (1 if answer.limited else min(2**reply.attempts, 60))
            again = min(work.at + wait, reply.created_at + TRIED_FOR)
            answering.keep(work, reply.retry(again, answer.why), DESK)
        case Refused():
            answering.failed(work, reply.reject(answer.why), DESK)
        case Unknown():
            answering.failed(work, reply.lose_sight(answer.why), DESK)
