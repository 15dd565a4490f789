"""An answer while it is written: opened, kept, offered again, put away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.blank import is_blank
from bot.domain.case import Case
from bot.domain.draft import Carried, Draft, ReplyTarget, mark_of
from bot.domain.errors import DraftIsAnother, DraftIsGone, Tampered
from bot.domain.ids import MemberId
from bot.domain.reply import Reply
from bot.domain.reply_form import PostChoice, ReplyForm
from bot.domain.timeline import What
from bot.services import customers, targets
from bot.services.kernel import Work
from bot.store.timers import Timer

IDLE = "idle"  # the timer of a form that was opened and in which nothing was written
IDLE_FOR = timedelta(minutes=10)
KEPT_EVERY = timedelta(seconds=3)
MOST_CHOICES = 100  # as many as a menu of Slack holds


def opened(work: Work, case: Case, by: MemberId, *, has_claimed: bool, words: str = "") -> Draft:
    """The form is before its writer: what the customer has written by now, they see.

    Words that were kept keep their target too; only an empty form looks for the newest post.
    """
    known = work.tx.drafts.get(case.id, by)
    if known and known.has_words and _stands(work, case, known):
        draft = replace(known, opened_at=work.at, previewed=None)
    else:
        draft = Draft(case.id, by, targets.fresh_target(work, case), work.at)
        draft = draft.keep(known.text if known else "", work.at)
    draft = replace(draft, has_claimed=has_claimed or bool(known and known.has_claimed))
    if words:
        draft = draft.keep(_joined(draft.text, words), work.at)
    return _kept(work, case, draft, known)


def shown(work: Work, case: Case, carried: Carried, by: MemberId) -> Draft:
    """The draft that a form shows; refused where it is gone, or is for another post by now."""
    draft = work.tx.drafts.get(case.id, by)
    if draft is None:
        raise DraftIsGone(case.id)
    if draft.target.mark != carried.target:
        raise DraftIsAnother(case.id)
    return replace(draft, opened_at=min(draft.opened_at, carried.opened_at))


def of_form(work: Work, case: Case, carried: Carried | None, by: MemberId) -> Draft:
    """The one that the form shows; without a form what is there, or what is begun just now."""
    if carried:
        return shown(work, case, carried, by)
    known = work.tx.drafts.get(case.id, by)
    if known and _stands(work, case, known):
        return known
    return Draft(case.id, by, targets.fresh_target(work, case), work.at)


def must_be_previewed(draft: Draft, carried: Carried) -> str:
    """The words that the preview has shown, to the letter."""
    if draft.previewed is None or mark_of(draft.previewed) != carried.words:
        raise DraftIsAnother(draft.case)
    return draft.previewed


def aimed(work: Work, case: Case, draft: Draft, choice: str) -> Draft:
    """At another of the customer's own posts, and at nobody else's."""
    for stored in targets.own_posts(work, case):
        if mark_of(stored.post.key) == choice:
            target = targets.target_of(work, case, stored.post)
            chosen = replace(draft, target=target, opened_at=work.at, previewed=None)
            return work.tx.drafts.save(chosen)
    raise Tampered("post")


def taken_from(work: Work, case: Case, reply: Reply, by: MemberId) -> Draft:
    """A reply that waits, to be written anew to whom it was for; not over other words of theirs."""
    known = work.tx.drafts.get(case.id, by)
    if known and known.has_words:
        return opened(work, case, by, has_claimed=False)
    is_wrong = bool(targets.misaddressed(work, case, reply))
    target = targets.fresh_target(work, case) if is_wrong else _target(reply)
    draft = Draft(case.id, by, target, work.at).keep(reply.text, work.at)
    return _kept(work, case, draft, known)


def taken_back(work: Work, case: Case, reply: Reply) -> None:
    """Undone: the words are their author's draft again, unless they have begun another."""
    known = work.tx.drafts.get(case.id, reply.author)
    if known is None or not known.has_words:
        _kept(work, case, of_reply(reply), known)


def of_reply(reply: Reply) -> Draft:
    """As it was written: its words and its target."""
    draft = Draft(reply.case, reply.author, _target(reply), reply.created_at)
    return draft.keep(reply.text, reply.created_at)


def sent(work: Work, draft: Draft) -> None:
    work.tx.drafts.drop(draft.case, draft.member)
    work.tx.timers.drop(draft.case, f"{IDLE}:{draft.member}")


def is_time_to_keep(draft: Draft, at: datetime) -> bool:
    """Slack tells of every letter; the desk writes one down every few seconds."""
    return draft.kept_at is None or at - draft.kept_at >= KEPT_EVERY


def keep(
    work: Work, case: Case, text: str, by: MemberId, carried: Carried | None = None
) -> Draft | None:
    """Whatever becomes of the form, its words are there for their writer.

    None where they stay in the form alone: it is older than what its writer has gone on with, or
    the case was never theirs to answer.
    """
    known = work.tx.drafts.get(case.id, by)
    if known is None:
        if case.department not in work.standing(by).works_in and not work.is_called(case, by):
            return None
        known = Draft(case.id, by, targets.fresh_target(work, case), work.at)
    elif carried and carried.target != known.target.mark and known.has_words:
        return None
    return _kept(work, case, known.keep(text, work.at), known)


def put_away(work: Work, case: Case, by: MemberId) -> None:
    """The form was left. Without a word in it, a case that it took is free again."""
    draft = work.tx.drafts.get(case.id, by)
    if draft is None or draft.has_words:
        return
    work.tx.drafts.drop(case.id, by)
    _give_free(work, case, draft)


def idle(work: Work, case: Case, by: MemberId) -> None:
    """Nobody tells of a page that was loaded anew: after a while the case is free all the same."""
    draft = work.tx.drafts.get(case.id, by)
    if draft and not draft.has_words:
        work.tx.drafts.save(replace(draft, has_claimed=False))
        _give_free(work, case, draft)


def form_of(work: Work, case: Case, draft: Draft) -> ReplyForm:
    """What the form shows: whom the words are for, and what else the customer has written."""
    answered = targets.post_of(work, draft.target)
    own = [one for one in targets.own_posts(work, case) if not one.deleted_at]
    shown = customers.with_texts(work, own[-MOST_CHOICES:])
    newest = shown[-1].post if shown and shown[-1].post.key != answered.post.key else None
    return ReplyForm(
        case=case,
        draft=draft,
        post=answered.post,
        is_deleted=answered.deleted_at is not None,
        newest=newest,
        choices=tuple(PostChoice(one.post, one.stored_at) for one in shown),
        more_choices=max(len(own) - MOST_CHOICES, 0),
        accounts=targets.accounts_to_choose(work, answered.post, draft.target),
        outgoing=work.setup.outgoing,
        outgoing_note=work.setup.outgoing_note,
        warnings=tuple(_warnings(work, case)),
    )


def widened(before: Draft | None, form: ReplyForm) -> ReplyForm:
    """Words that were begun for fewer eyes say so, before they are sent to more."""
    if before is None or not before.has_words:
        return form
    begun = before.target.visibility
    if not form.visibility.is_wider_than(begun):
        return form
    warning = f"You began this as a {begun.in_words} answer. Now more people can read it."
    return replace(form, warnings=(warning, *form.warnings))


def _target(reply: Reply) -> ReplyTarget:
    return ReplyTarget(reply.post, reply.account, reply.visibility)


def _stands(work: Work, case: Case, draft: Draft) -> bool:
    """Whether its target can still be answered at all."""
    stored = targets.post_of(work, draft.target)
    return stored.case == case.id and stored.author == case.customer


def _kept(work: Work, case: Case, draft: Draft, known: Draft | None) -> Draft:
    """The card says that somebody writes, from their first words on."""
    work.tx.drafts.save(draft)
    _watch(work, draft)
    if draft.has_words != bool(known and known.has_words) and draft.member == case.assignee:
        work.refresh(case)
    return draft


def _watch(work: Work, draft: Draft) -> None:
    name = f"{IDLE}:{draft.member}"
    if draft.has_claimed and not draft.has_words:
        work.tx.timers.set_all([Timer(draft.case, name, work.at + IDLE_FOR)])
    else:
        work.tx.timers.drop(draft.case, name)


def _give_free(work: Work, case: Case, draft: Draft) -> None:
    work.tx.timers.drop(case.id, f"{IDLE}:{draft.member}")
    if draft.has_claimed and case.is_open and case.assignee == draft.member:
        work.keep(case.release(), What.RELEASED, draft.member)


def _joined(text: str, words: str) -> str:
    if is_blank(text) or words in text:
        return text if words in text else words
    return f"{text}\n\n{words}"


def _warnings(work: Work, case: Case) -> Iterator[str]:
    """What somebody should know before they write."""
    others = {
        other.assignee
        for other in work.tx.cases.of_author(case.customer)
        if other.is_open and other.assignee not in (None, case.assignee)
    }
    yield from (
        f"<@{one}> has another case of this customer." for one in sorted(filter(None, others))
    )
    epoch = work.tx.epochs.newest()
    if epoch and case.opened_at <= epoch.backup_at:
        yield f"Look on the network first, {epoch.why}: what was answered since is not here."
