"""`/case`: everything a member does with a case; what is missing in the words, a form asks for."""

from bot.domain.durations import Duration
from bot.domain.ids import TRIAGE, CaseId, DepartmentKey
from bot.domain.post import Priority
from bot.views.asked import still_open, told
from bot.views.case_forms import (
    ask_form,
    assign_form,
    close_preview,
    link_form,
    merge_form,
    new_case_form,
    priority_form,
    snooze_form,
)
from bot.views.case_pairs import apart, linked, together
from bot.views.desk_lists import help_of
from bot.views.elsewhere import answered_there
from bot.views.late_queue import late_queue
from bot.views.limits import Block
from bot.views.lists import found, mine, queue
from bot.views.passing_forms import also_form, escalate_form, hand_off_form, offered_told
from bot.views.phrases import mark, moment, number, people
from bot.views.reply_forms import reply_form
from bot.views.whole_case import whole_case
from handlers.answers import Answer, Slow, say
from handlers.by_hand import made, post_by_hand
from handlers.commands import grammar
from handlers.commands.grammar import Place
from handlers.commands.places import channel, department, person
from handlers.commands.registry import command, forms_of
from handlers.desk import Desk
from handlers.payload import Typed


@command("case mine", usage="/case", takes=grammar.nothing, help="what is yours")
def show_mine(desk: Desk, typed: Typed, _: None) -> Answer:
    return mine(desk.boards.mine(by=typed.by))


@command(
    "case queue",
    usage="/case queue [department]",
    takes=grammar.any_place,
    help="what is unclaimed, the most urgent first",
)
def show_queue(desk: Desk, typed: Typed, where: Place | None) -> Answer:
    """Of the named department, else of this channel's, else of the first where they work."""
    if where:
        if desk.roster.is_rapid_response(where.name):
            return late_queue(desk.watch.late(by=typed.by))
        return _queue(desk, typed, department(desk, where.name))
    works_in = [one.key for one in desk.boards.departments_of(typed.by)]
    if not works_in and desk.watch.is_called(by=typed.by):
        return late_queue(desk.watch.late(by=typed.by))
    here = desk.roster.department_of_channel(typed.place)
    first = next(iter(works_in), TRIAGE)
    return _queue(desk, typed, here if here in works_in else first)


def _queue(desk: Desk, typed: Typed, key: DepartmentKey) -> Answer:
    return queue(desk.boards.queue(key, by=typed.by))


@command("case show", usage="/case N", takes=grammar.case, help="everything about a case")
def show(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    return whole_case(desk.boards.case(case, by=typed.by))


@command("case claim", usage="/case claim N", takes=grammar.case, help="take it; the first wins")
def claim(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    desk.casework.claim(case, by=typed.by)
    return say(f"{number(case)} is yours.")


@command("case release", usage="/case release N", takes=grammar.case, help="back to the queue")
def release(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    desk.casework.release(case, by=typed.by)
    return say(f"{number(case)} is back in the queue.")


@command(
    "case assign",
    usage="/case assign N @person",
    takes=grammar.case_and_person,
    help="to somebody of the same department",
)
def assign(desk: Desk, typed: Typed, asked: tuple[CaseId, Place | None]) -> Answer:
    case, to = asked
    if to is None:
        return assign_form(desk.boards.glance(case, by=typed.by))
    member = person(desk, to)
    desk.casework.assign(case, to=member, by=typed.by)
    return say(f"{people([member])} has {number(case)} now.")


@command(
    "case reply",
    usage="/case reply N",
    takes=grammar.case,
    help="answer the customer",
    opens_form=True,
)
def reply(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    return reply_form(desk.replies.draft(case, by=typed.by))


@command(
    "case ask",
    usage="/case ask N #channel-or-@person question",
    takes=grammar.case_and_place,
    help="a colleague or another channel, with the case's context",
)
def ask(desk: Desk, typed: Typed, asked: tuple[CaseId, Place | None, str]) -> Answer:
    case, where, question = asked
    if where is None or not question:
        return ask_form(desk.boards.glance(case, by=typed.by))
    if where.is_person:
        desk.questions.ask_person(case, person(desk, where), question, by=typed.by)
    else:
        desk.questions.ask_channel(case, channel(desk, where), question, by=typed.by)
    return say(f"Asked. The answer will be in the thread of {number(case)}.")


@command(
    "case also",
    usage="/case also N #channel ask…",
    takes=grammar.case_and_place,
    help="another department follows, with its own part; without words a form asks for it",
)
def also(desk: Desk, typed: Typed, asked: tuple[CaseId, Place | None, str]) -> Answer:
    case, where, ask = asked
    if where is None or not ask:
        return also_form(desk.boards.hand_off_choice(case, by=typed.by))
    return told(*desk.casework.also(case, department(desk, where.name), ask, by=typed.by))


@command(
    "case handoff",
    usage="/case handoff N #channel-or-@person ask…",
    takes=grammar.case_and_place,
    help="to another department or person, with what they should do",
)
def hand_off(desk: Desk, typed: Typed, asked: tuple[CaseId, Place | None, str]) -> Answer:
    case, where, ask = asked
    if where is None or not ask:
        return hand_off_form(desk.boards.hand_off_choice(case, by=typed.by))
    if where.is_person:
        offered = desk.hand_offs.to_person(case, person(desk, where), ask, by=typed.by)
    else:
        key = department(desk, where.name)
        offered = desk.hand_offs.to_department(case, key, ask, by=typed.by)
    return say(offered_told(offered, desk.now()))


@command(
    "case escalate",
    usage="/case escalate N reason…",
    takes=grammar.case_and_words,
    help="call rapid response at once; without a reason a form asks whom you need",
)
def escalate(desk: Desk, typed: Typed, asked: tuple[CaseId, str]) -> Answer:
    case, reason = asked
    if not reason:
        return escalate_form(desk.boards.escalation(case, by=typed.by))
    desk.casework.escalate(case, reason, by=typed.by)
    return say(f"Rapid response is called about {number(case)}.")


@command(
    "case resolve",
    usage="/case resolve N [reason]",
    takes=grammar.case_and_words,
    help="it is solved",
)
def resolve(desk: Desk, typed: Typed, asked: tuple[CaseId, str]) -> Answer:
    """Asks of other departments that are open still are named."""
    solved = desk.closings.solve(*asked, by=typed.by)
    return say(f"{number(solved.case.id)} is solved.{still_open(solved.open_asks, solved.names)}")


@command(
    "case close",
    usage="/case close SEARCH",
    takes=grammar.search,
    help="no reply needed, for all that are found; you see them first",
    opens_form=True,
)
def close(desk: Desk, typed: Typed, search: str) -> Answer:
    def draw() -> Block:
        return close_preview(desk.boards.closable(search, by=typed.by))

    return Slow("No reply needed", draw)


@command("case reopen", usage="/case reopen N", takes=grammar.case, help="it is not over yet")
def reopen(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    desk.closings.reopen(case, by=typed.by)
    return say(f"{number(case)} is open again.")


@command(
    "case snooze",
    usage="/case snooze N 2h",
    takes=grammar.case_and_duration,
    help="out of sight for a while; deadlines keep running",
)
def snooze(desk: Desk, typed: Typed, asked: tuple[CaseId, Duration | None]) -> Answer:
    case, length = asked
    if length is None:
        return snooze_form(desk.boards.glance(case, by=typed.by))
    until = desk.casework.snooze(case, length, by=typed.by).snoozed_until
    when = f" until {moment(until, desk.now())}" if until else ""
    return say(f"{number(case)} is snoozed{when}. Deadlines keep running.")


@command(
    "case priority",
    usage="/case priority N urgent",
    takes=grammar.case_and_priority,
    help="low, normal, high or urgent",
)
def prioritise(desk: Desk, typed: Typed, asked: tuple[CaseId, Priority | None]) -> Answer:
    case, priority = asked
    if priority is None:
        return priority_form(desk.boards.glance(case, by=typed.by))
    desk.casework.prioritise(case, priority, by=typed.by)
    return say(f"{number(case)} is {mark(priority)} now.")


@command(
    "case merge",
    usage="/case merge N into M",
    takes=grammar.case_into_case,
    help="two cases of one customer become one; of two customers, they are linked",
)
def merge(desk: Desk, typed: Typed, asked: tuple[CaseId, CaseId | None]) -> Answer:
    case, into = asked
    if into is None:
        return merge_form(desk.boards.glance(case, by=typed.by))
    return together(desk.merging.merge(case, into, by=typed.by))


@command(
    "case split",
    usage="/case split N",
    takes=grammar.case,
    help="take a merged case out again, with its own deadline",
)
def split(desk: Desk, typed: Typed, case: CaseId) -> Answer:
    return apart(desk.merging.split(case, by=typed.by))


@command(
    "case answered",
    usage="/case answered N [URL]",
    takes=grammar.case_and_url,
    help="you answered outside the desk: the deadline for an answer is met",
)
def answered(desk: Desk, typed: Typed, asked: tuple[CaseId, str | None]) -> Answer:
    case, url = asked
    return answered_there(desk.elsewhere.answered(case, url, by=typed.by))


@command(
    "case link",
    usage="/case link N M",
    takes=grammar.two_cases,
    help="two cases that belong together; each stays a case of its own",
)
def link(desk: Desk, typed: Typed, asked: tuple[CaseId, CaseId | None]) -> Answer:
    case, other = asked
    if other is None:
        return link_form(desk.boards.glance(case, by=typed.by))
    desk.merging.link(case, other, by=typed.by)
    return linked(case, other)


@command(
    "case new",
    usage="/case new URL-or-text",
    takes=grammar.any_words,
    help="what you saw elsewhere becomes a case",
)
def new(desk: Desk, typed: Typed, text: str) -> Answer:
    if not text:
        return new_case_form()
    post = post_by_hand(text, author="", once=typed.once)
    return made(desk.intake.open_by_hand(post, by=typed.by))


@command("case find", usage="/case find SEARCH", takes=grammar.search, help="in your departments")
def find(desk: Desk, typed: Typed, search: str) -> Answer:
    return found(desk.boards.find(search, by=typed.by))


@command("case help", usage="/case help", takes=grammar.any_words, help="this list")
def help_case(desk: Desk, _typed: Typed, _: str) -> Answer:
    return help_of(forms_of("case", desk.prefix))
