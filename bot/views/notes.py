"""Lines said once, in a card's thread or to one person: `say` names the sentence.

NOTES lists all there are; what each needs stands in its `args`, or in the facts themselves.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.domain.facts import NoteFacts
from bot.domain.ids import CLOCK, DESK, CaseId
from bot.views.blocks import date, user
from bot.views.channel_notes import channel_wanted
from bot.views.drawn import Drawn
from bot.views.note_parts import (
    about,
    accepting,
    at,
    by,
    case_of,
    figure,
    is_direct,
    line,
    member,
    quoting,
    with_more,
    word,
    writer,
)
from bot.views.outgoing import announced
from bot.views.phrases import (
    counted,
    dotted,
    handle,
    in_words,
    moment,
    name,
    number,
    outside_link,
    reason,
    replies_wait,
    said,
)
from bot.views.pings import pinged_as
from bot.views.question_notes import answered, asked_here, question
from bot.views.reply_notes import reply_delivered, reply_waits
from bot.views.upgrade_notes import parted

_LISTED = 20


def note(facts: NoteFacts) -> Drawn:
    return with_more(facts, NOTES[facts.say](facts))


def _follow_up(facts: NoteFacts) -> Drawn:
    return quoting(facts, f"{writer(facts)} wrote again")


def _earlier_word(facts: NoteFacts) -> Drawn:
    """Its answer was here before: nothing new is asked."""
    return quoting(facts, f"An earlier post of {writer(facts)} has come in late")


def _edited(facts: NoteFacts) -> Drawn:
    return quoting(facts, f"{writer(facts)} changed a post. It now says")


def _deleted(facts: NoteFacts) -> Drawn:
    return line(facts, f"{writer(facts)} deleted a post. Check what still needs an answer")


def _answered_outside(facts: NoteFacts) -> Drawn:
    """Seen on the network, or told by somebody; the post is ours, where there is one."""
    answer = facts.case.outside if facts.case else None
    teller = user(answer.by) if answer and answer.by != DESK else ""
    is_seen = bool(facts.args.get("post"))
    account = f" as {handle(facts.post)}" if is_seen and facts.post else ""
    words = dotted(f"✓ Answered outside the desk{account}", teller, outside_link(answer))
    return quoting(facts, words) if is_seen else line(facts, words)


def _assigned(facts: NoteFacts) -> Drawn:
    was = member(facts, "was")
    before = f", which {was} had" if was and was != by(facts) else ""
    return about(facts, f"{by(facts)} gave you {case_of(facts)}{before}")


def _raised(facts: NoteFacts) -> Drawn:
    return line(facts, f"{by(facts)} made this case urgent")


def _taken_from(facts: NoteFacts) -> Drawn:
    """To whoever had it: where it is now."""
    case, now = case_of(facts), member(facts, "now")
    if now == by(facts):
        return about(facts, f"{now} took {case} over from you")
    department = name(word(facts, "department"))
    where = now or (f"*{department}*" if department else "")
    to = f"gave {case}, which you had, to {where}" if where else f"put {case} back in the queue"
    return about(facts, f"{by(facts)} {to}")


def _merged(facts: NoteFacts) -> Drawn:
    """To whoever had either case, and in the thread where it goes on."""
    merged = number(CaseId(figure(facts, "merged")))
    words = f"{by(facts)} merged {merged} into {case_of(facts)}"
    if is_direct(facts):
        return about(facts, words)
    return line(facts, f"{words}. Its posts and its deadline continue here")


def _merged_word(facts: NoteFacts) -> Drawn:
    """What was written in the case that goes on here."""
    return quoting(facts, f"Written in {number(CaseId(figure(facts, 'merged')))}")


def _split(facts: NoteFacts) -> Drawn:
    """To whoever had either case, and in the thread it leaves."""
    split = number(CaseId(figure(facts, "split")))
    words = f"{by(facts)} split {split} from {case_of(facts)} again"
    if is_direct(facts):
        return about(facts, words)
    return line(facts, f"{words}. Its posts and its deadline continue there")


def _handed_off(facts: NoteFacts) -> Drawn:
    ask, origin = word(facts, "ask"), name(word(facts, "origin"))
    return line(facts, dotted(f"{by(facts)} offers this from *{origin}*", said(ask) if ask else ""))


def _offered(facts: NoteFacts) -> Drawn:
    """To the person a case is handed to; it can be answered on the spot."""
    offer, ask = facts.case.hand_off if facts.case else None, word(facts, "ask")
    until = f", answer by {moment(offer.due, facts.now)}" if offer else ""
    wish = f"{by(facts)} offers you {case_of(facts)}{until}{f': {said(ask)}' if ask else ''}"
    return about(facts, wish, *accepting(facts.case))


def _arrived(facts: NoteFacts) -> Drawn:
    """In the channel: its card stands there already, further up."""
    origin, person = name(word(facts, "origin")), member(facts, "person")
    offer = facts.case.hand_off if facts.case else None
    until = f", answer by {moment(offer.due, facts.now)}" if offer else ""
    verb = "offers" if offer else "sent"
    whom = f" to {person}" if person else " here"
    words = f"{by(facts)} {verb} {case_of(facts)} from *{origin}*{whom} again{until}"
    return about(facts, words)


def _asked_more(facts: NoteFacts) -> Drawn:
    """In the channel: its card stands there already, further up."""
    wish = word(facts, "ask")
    what = f": {said(wish)}" if wish else ""
    return about(facts, f"{by(facts)} asks you about {case_of(facts)}{what}")


def _covering(facts: NoteFacts) -> Drawn:
    """To the cover of a closed department: what came in there, and how much time there is."""
    closed, opens, due = name(word(facts, "closed")), at(facts, "opens"), at(facts, "due")
    until = f" until {moment(opens, facts.now)}" if opens else ""
    left = f" Answer by {moment(due, facts.now)}." if due else ""
    words = f"*{closed}* is closed{until}, and {case_of(facts)} came in there.{left}"
    return about(facts, f"{words} Take it over if it cannot wait")


def _returned(facts: NoteFacts) -> Drawn:
    """Who returned it and why, to its sender; also where nobody answered."""
    why, origin = word(facts, "why"), name(word(facts, "origin"))
    if word(facts, "by") == CLOCK:
        return line(facts, f"*{origin}* did not accept the hand-off in time, so it is back")
    words = f"{by(facts)} of *{origin}* returned {case_of(facts)}"
    told = dotted(words, said(why) if why else "")
    return about(facts, told) if is_direct(facts) else line(facts, told)


def _third_return(facts: NoteFacts) -> Drawn:
    """To whoever can decide where it belongs."""
    there, here = name(word(facts, "origin")), name(word(facts, "department"))
    times = in_words(figure(facts, "times"))
    words = f"{case_of(facts)} was returned {times} times in a day, now by *{there}* to *{here}*"
    return about(facts, f"{words}. Please decide together who answers this customer")


def _lapsed(facts: NoteFacts) -> Drawn:
    sender, receiver = member(facts, "sender"), name(word(facts, "department"))
    words = f"*{receiver}* did not accept {case_of(facts)} in time: it went back"
    return about(facts, f"{words} to {sender}" if sender else words)


def _left_queue(facts: NoteFacts) -> Drawn:
    """Somebody has gone, and nothing of theirs is lost."""
    gone = member(facts, "person") or "Its owner"
    return line(facts, f"{gone} no longer works here: {case_of(facts)} is back in the queue")


def _displaced(facts: NoteFacts) -> Drawn:
    """To whoever had it."""
    why = reason(word(facts, "why"))
    return about(facts, f"{case_of(facts)} went to triage and is no longer yours: {why}")


def _escalated(facts: NoteFacts) -> Drawn:
    why = said(word(facts, "reason"))
    return about(facts, f"{by(facts)} needs you for {case_of(facts)}: {why}")


def _ping_elsewhere(facts: NoteFacts) -> Drawn:
    """To a person, where the channel of pings takes nothing."""
    why = pinged_as(word(facts, "why"))
    return about(facts, f"{case_of(facts)} needs you now ({why}); rapid response cannot be reached")


def _place_closed(facts: NoteFacts) -> Drawn:
    """To whoever can mend it: what waits, why, and that nothing is lost."""
    there, why = name(word(facts, "place")), said(word(facts, "why"))
    lost = "its messages wait and are not lost"
    return line(facts, f"The desk cannot write to *{there}*: {why}; {lost}. Invite it there again")


def _epoch(facts: NoteFacts) -> Drawn:
    """To the whole desk: it has forgotten a while, and what that asks of people."""
    doubted = f"Answers of unknown outcome: {figure(facts, 'doubted')}, as their cards say"
    again = "Posts that came in since are here only if their senders repeat them"
    return line(facts, f"⚠ {replies_wait(word(facts, 'why'))}. {doubted}. {again}")


def _set_aside(facts: NoteFacts) -> Drawn:
    """To the admins: what failed, and that nothing else waits for it."""
    of = f" of {case_of(facts)}" if facts.case else ""
    failed = f"A {word(facts, 'kind')}{of} failed (reference {word(facts, 'ref')} in the log)"
    more = "The desk tries it again later; everything else goes on. `/readyz` lists all of these"
    return line(facts, f"⚠ {failed}. {more}")


def _rota_hole(facts: NoteFacts) -> Drawn:
    """A day before: time enough to fill it."""
    start, until = (datetime.fromtimestamp(figure(facts, key), UTC) for key in ("start", "until"))
    end = f"until {date(until)}" if figure(facts, "until") else "on"
    how = "`/rota override @person FROM to UNTIL`"
    return line(facts, f"⚠ Nobody is on duty from {moment(start, facts.now)} {end}. Fill it: {how}")


def _storm_over(facts: NoteFacts) -> Drawn:
    posts, digests = (
        counted(figure(facts, "listed"), "post"),
        counted(figure(facts, "digests"), "message"),
    )
    still = _still_open(figure(facts, "open"))
    return line(facts, f"✓ The storm is over: {posts} came together in {digests}, {still}")


def _still_open(count: int) -> str:
    if not count:
        return "none of them is open"
    verb = "is" if count == 1 else "are"
    return f"{count:,} of them {verb} open. `/case queue` lists what is unclaimed"


NOTES: Mapping[str, Callable[[NoteFacts], Drawn]] = {
    "follow_up": _follow_up,
    "earlier_word": _earlier_word,
    "answered_outside": _answered_outside,
    "edited": _edited,
    "deleted": _deleted,
    "assigned": _assigned,  # by, was
    "raised": _raised,  # by
    "taken_from": _taken_from,  # by, now, department
    "merged": _merged,  # by, merged
    "merged_word": _merged_word,  # merged
    "split": _split,  # by, split
    "handed_off": _handed_off,  # by, ask, origin
    "hand_off_offer": _offered,  # by, ask
    "arrived": _arrived,  # by, origin, person
    "asked_more": _asked_more,  # by, ask
    "covering": _covering,  # closed, opens, due
    "returned": _returned,  # by, why, origin
    "third_return": _third_return,  # times, origin, department
    "lapsed": _lapsed,  # department (that let it lie), sender
    "left_queue": _left_queue,  # person
    "displaced": _displaced,  # why
    "escalated": _escalated,  # by, reason
    "question": question,
    "asked_here": asked_here,
    "answered": answered,
    "reply_delivered": reply_delivered,
    "reply_held": reply_waits,
    "reply_failed": reply_waits,
    "reply_unknown": reply_waits,
    "ping_elsewhere": _ping_elsewhere,  # why
    "place_closed": _place_closed,  # place, why
    "channel_wanted": channel_wanted,  # place, channel, name, doubt, department, by, gone
    "parted": parted,  # cases, posts, left, open, more_open, ours, more_ours
    "epoch": _epoch,  # why, doubted
    "rota_hole": _rota_hole,  # start, until
    "set_aside": _set_aside,  # kind, ref
    "storm_over": _storm_over,  # listed, digests, open
    "outgoing": announced,  # switch, name, at, why
}
