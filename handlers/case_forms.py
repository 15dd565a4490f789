"""The forms of a case: which one a button opens, and what it does when it is sent."""

from collections.abc import Callable

from bot.domain.boards import CaseBoard
from bot.domain.case import Case
from bot.domain.durations import parse_duration
from bot.domain.errors import NobodyChosen, WrongUsage
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.post import Priority
from bot.services.incidents import Declared
from bot.views.asked import told
from bot.views.case_forms import (
    answer_form,
    ask_form,
    assign_form,
    link_form,
    merge_form,
    mute_form,
    priority_form,
    snooze_form,
    solve_form,
)
from bot.views.case_pairs import linked, together
from bot.views.ids import Action, Field, Form, Whom
from bot.views.incident import asked_about
from bot.views.limits import Block
from bot.views.more_form import case_form, more_form
from bot.views.mutes import muted
from bot.views.passing_forms import also_form, escalate_form, hand_off_form
from bot.views.phrases import counted, number
from bot.views.sentences import sentence
from bot.views.sheets import sheet
from bot.views.whole_case import receipt, whole_case
from handlers.answers import Answer, say
from handlers.by_hand import made, post_by_hand
from handlers.commands import grammar
from handlers.desk import Desk
from handlers.listeners import press, submission
from handlers.memo import parsed
from handlers.payload import Press, Submission
from handlers.reading import as_written

_REFUSED = 20  # more reasons than that nobody reads

# Opening


@press(Action.MORE)
def more(desk: Desk, pressed: Press) -> Answer:
    return more_form(_glance(desk, pressed))


@press(Action.SHOW)
def show(desk: Desk, pressed: Press) -> Answer:
    return sheet(f"Case #{pressed.memo.case}", whole_case(_board(desk, pressed)))


@press(Action.OPEN)
def open_case(desk: Desk, pressed: Press) -> Answer:
    """From a line: the case with everything that its card would offer here; at home its owner's."""
    at_home = pressed.is_at_home
    here = None if at_home else desk.roster.department_of_channel(pressed.channel)
    return case_form(desk.boards.case(pressed.memo.case, by=pressed.by, shown_in=here))


def opened_again(desk: Desk, pressed: Press) -> Block | None:
    """A case that was opened from a line, as it is after a press; of another form nothing."""
    here = pressed.form_memo.department if pressed.form == Form.SHEET else None
    if here is None:
        return None
    return case_form(desk.boards.case(pressed.memo.case, by=pressed.by, shown_in=here))


@press(Action.EXPLAIN)
def explain(desk: Desk, pressed: Press) -> Answer:
    drawn = receipt(desk.boards.receipt(pressed.memo.case, by=pressed.by))
    return sheet(f"Case #{pressed.memo.case}", drawn)


@press(Action.HAND_OFF)
def hand_off(desk: Desk, pressed: Press) -> Answer:
    return hand_off_form(desk.boards.hand_off_choice(pressed.memo.case, by=pressed.by))


@press(Action.ESCALATE)
def escalate(desk: Desk, pressed: Press) -> Answer:
    return escalate_form(desk.boards.escalation(pressed.memo.case, by=pressed.by))


@press(Action.ALSO)
def also(desk: Desk, pressed: Press) -> Answer:
    return also_form(desk.boards.hand_off_choice(pressed.memo.case, by=pressed.by))


@press(Action.SOLVE)
def solve(desk: Desk, pressed: Press) -> Answer:
    return solve_form(_board(desk, pressed).card)


@press(Action.ASK)
def ask(desk: Desk, pressed: Press) -> Answer:
    return ask_form(_glance(desk, pressed))


@press(Action.ASSIGN)
def assign(desk: Desk, pressed: Press) -> Answer:
    return assign_form(_glance(desk, pressed))


@press(Action.SNOOZE)
def snooze(desk: Desk, pressed: Press) -> Answer:
    return snooze_form(_glance(desk, pressed))


@press(Action.PRIORITY)
def prioritise(desk: Desk, pressed: Press) -> Answer:
    return priority_form(_glance(desk, pressed))


@press(Action.MERGE_INTO)
def merge(desk: Desk, pressed: Press) -> Answer:
    return merge_form(_glance(desk, pressed))


@press(Action.LINK_CASE)
def link(desk: Desk, pressed: Press) -> Answer:
    return link_form(_glance(desk, pressed))


@press(Action.MUTE)
def mute(desk: Desk, pressed: Press) -> Answer:
    card = _board(desk, pressed).card
    return mute_form(card.case, card.post)


@press(Action.ANSWER)
def answer(desk: Desk, pressed: Press) -> Answer:
    """Anybody of the company may be asked, also who has just come."""
    by = desk.roster.find_person(pressed.by)
    return answer_form(desk.questions.to_answer(pressed.memo.number, by=by))


def _glance(desk: Desk, pressed: Press) -> Case:
    return desk.boards.glance(pressed.memo.case, by=pressed.by)


def _board(desk: Desk, pressed: Press) -> CaseBoard:
    return desk.boards.case(pressed.memo.case, by=pressed.by)


# Sent


@submission(Form.HAND_OFF)
def hand_it_off(desk: Desk, sent: Submission) -> None:
    ask, promised = sent.text(Field.TEXT), sent.text(Field.PROMISED)
    ask = f"{ask}\nPromised: {promised}" if promised else ask
    person, department = sent.person(Field.PERSON), sent.choice(Field.DEPARTMENT)
    if person:
        desk.hand_offs.to_person(sent.memo.case, person, ask, by=sent.by)
    elif department:
        desk.hand_offs.to_department(sent.memo.case, DepartmentKey(department), ask, by=sent.by)
    else:
        raise NobodyChosen()


@submission(Form.ESCALATE)
def call(desk: Desk, sent: Submission) -> Block | None:
    rungs: dict[Whom, Callable[..., object]] = {
        Whom.LEAD: desk.casework.tell_lead,
        Whom.RAPID_RESPONSE: desk.casework.escalate,
        Whom.CRISIS: desk.incidents.escalate,
    }
    whom = parsed(Whom, sent.choice(Field.WHOM), "whom")
    made = rungs[whom](sent.memo.case, sent.text(Field.REASON), by=sent.by)
    is_asked = isinstance(made, Declared) and made.is_asked
    return sheet("Incident", asked_about()) if is_asked else None


@submission(Form.SOLVE)
def solve_it(desk: Desk, sent: Submission) -> None:
    memo, why = sent.memo, sent.text(Field.REASON)
    desk.closings.solve(memo.case, why, by=sent.by, seen_at=memo.seen_at)


@submission(Form.ASK)
def ask_it(desk: Desk, sent: Submission) -> None:
    person, channel = sent.person(Field.PERSON), sent.channel(Field.CHANNEL)
    question = sent.text(Field.TEXT)
    if person:
        asked = desk.roster.find_person(person)
        desk.questions.ask_person(sent.memo.case, asked, question, by=sent.by)
    elif channel:
        where = desk.roster.find_channel(channel)
        desk.questions.ask_channel(sent.memo.case, where, question, by=sent.by)
    else:
        raise NobodyChosen()


@submission(Form.ALSO)
def ask_along(desk: Desk, sent: Submission) -> Block:
    to, ask = DepartmentKey(sent.choice(Field.DEPARTMENT)), sent.text(Field.TEXT)
    return sheet("Asked", told(*desk.casework.also(sent.memo.case, to, ask, by=sent.by)))


@submission(Form.ANSWER)
def answer_it(desk: Desk, sent: Submission) -> None:
    by = desk.roster.find_person(sent.by)
    desk.questions.answer(sent.memo.number, sent.text(Field.TEXT), by=by)


@submission(Form.ASSIGN)
def assign_it(desk: Desk, sent: Submission) -> None:
    to = sent.person(Field.PERSON)
    if to is None:
        raise NobodyChosen()
    desk.casework.assign(sent.memo.case, to=to, by=sent.by)


@submission(Form.SNOOZE)
def snooze_it(desk: Desk, sent: Submission) -> None:
    desk.casework.snooze(sent.memo.case, parse_duration(sent.text(Field.LENGTH)), by=sent.by)


@submission(Form.PRIORITY)
def prioritise_it(desk: Desk, sent: Submission) -> None:
    priority = parsed(Priority, sent.choice(Field.PRIORITY), "priority")
    desk.casework.prioritise(sent.memo.case, priority, by=sent.by)


@submission(Form.MERGE)
def merge_it(desk: Desk, sent: Submission) -> Block:
    into = number_of(sent.text(Field.INTO))
    return sheet("Merge", together(desk.merging.merge(sent.memo.case, into, by=sent.by)))


@submission(Form.LINK_CASE)
def link_it(desk: Desk, sent: Submission) -> Block:
    other = number_of(sent.text(Field.INTO))
    desk.merging.link(sent.memo.case, other, by=sent.by)
    return sheet("Link", linked(sent.memo.case, other))


@submission(Form.MUTE)
def mute_it(desk: Desk, sent: Submission) -> Block:
    mute = desk.closings.mute(sent.memo.case, sent.text(Field.REASON), by=sent.by)
    return sheet("Muted", muted(mute, desk.now()))


@submission(Form.NEW_CASE)
def make_case(desk: Desk, sent: Submission) -> Block:
    author = as_written(sent.text(Field.AUTHOR))
    post = post_by_hand(sent.text(Field.TEXT), author=author, once=sent.view)
    return sheet("New case", made(desk.intake.open_by_hand(post, by=sent.by)))


@submission(Form.CLOSE)
def close(desk: Desk, sent: Submission) -> Block:
    """Each for itself: those that moved on meanwhile are named with the reason."""
    closed, refused = desk.closings.no_reply_to(
        sent.memo.cases, by=sent.by, seen_at=sent.memo.seen_at
    )
    lines = [f"{number(case)}: {sentence(why)}" for case, why in refused.items()]
    told = [f"*{counted(len(closed), 'case')} closed.*", *lines[:_REFUSED]]
    if len(lines) > _REFUSED:
        told.append(f"… and {len(lines) - _REFUSED} more were not closed, for the like reasons.")
    return sheet("No reply needed", say("\n".join(told)))


def number_of(text: str) -> CaseId:
    try:
        return grammar.case(as_written(text))
    except grammar.Misread:
        raise WrongUsage("#1042") from None
