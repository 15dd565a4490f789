"""Public replies on their way out: at most once visible, by the protocol of `docs/decisions`."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.ids import DESK
from bot.domain.outbox import Delivered, NetworkAnswer, NotExecuted, Refused, Unknown
from bot.domain.ports import Network
from bot.domain.post import Post
from bot.domain.reply import Outgoing, Reply, ReplyState
from bot.services import answering
from bot.services.kernel import Kernel, Work

BATCH = 4
TRIED_FOR = timedelta(hours=4)  # an answer later than this may be wrong: a person looks first


class Sending:
    """`networks` maps a post's source to where its replies go; "" is for every other."""

    def __init__(self, kernel: Kernel, networks: Mapping[str, Network]):
        self._kernel = kernel
        self._networks = networks

    def recover(self) -> None:
        """After a crash: a reply that was being sent may be public. Nobody sends it again."""
        with self._kernel.work() as work:
            for reply in work.tx.replies.in_state(ReplyState.SENDING, limit=10_000):
                lost = reply.lose_sight("the desk stopped while it was being sent")
                answering.failed(work, lost, DESK)

    def send_due(self) -> int:
        """Every reply whose *Undo* has run out, one for each case; how many were tried."""
        with self._kernel.work() as work:
            ready = [_ready(work, reply) for reply in work.tx.replies.ripe(work.at, limit=BATCH)]
        started = [one for one in ready if one]
        for reply, post in started:
            network = self._networks.get(post.source, self._networks[""])
            answer = network.send(reply, post)
            with self._kernel.work() as work:
                _settle(work, work.tx.replies.get(reply.key), answer)
        return len(started)

    def next_at(self) -> datetime | None:
        with self._kernel.look() as work:
            return work.tx.replies.next_at()


def _ready(work: Work, reply: Reply) -> tuple[Reply, Post] | None:
    """Recorded as being sent, or held with the reason."""
    case = work.case(reply.case)
    stored = work.tx.posts.get(reply.post)
    assert stored is not None  # a reply has its post
    reason = _reason_to_hold(work, case, reply)
    if reason:
        answering.failed(work, reply.hold(reason), DESK)
        return None
    return answering.keep(work, reply.start(work.at), DESK), stored.post


def _reason_to_hold(work: Work, case: Case, reply: Reply) -> str | None:
    """A switch, a newer word of the customer, or a right that is gone."""
    if work.setup.outgoing is not Outgoing.ON:
        return f"public replies are on {work.setup.outgoing}"
    newest = work.tx.posts.of_case(case.id)[-1]
    if newest.stored_at > reply.created_at:
        return "the customer wrote again"
    stored = work.tx.posts.get(reply.post)
    if stored and (stored.deleted_at or (stored.edited_at or reply.created_at) > reply.created_at):
        return "the customer changed or deleted the post"
    if case.department not in work.standing(reply.author).publishes_in:
        return f"<@{reply.author}> may no longer publish for this department"
    if reply.attempts and work.at - reply.created_at > TRIED_FOR:
        return f"it could not be sent for hours: {reply.reason}"
    return None


def _settle(work: Work, reply: Reply, answer: NetworkAnswer) -> None:
    match answer:
        case Delivered():
            answering.delivered(work, reply.confirm(work.at, answer.id, answer.url), DESK)
        case NotExecuted():
            wait = answer.wait * (1 if answer.limited else min(2**reply.attempts, 60))
            answering.keep(work, reply.retry(work.at + wait, answer.why), DESK)
        case Refused():
            answering.failed(work, reply.reject(answer.why), DESK)
        case Unknown():
            answering.failed(work, reply.lose_sight(answer.why), DESK)
