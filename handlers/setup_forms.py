"""The forms of the rules, seen at work before they are saved; a channel that waits for an admin."""

from bot.domain.durations import parse_duration
from bot.domain.errors import RuleTooLong, Tampered
from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority
from bot.domain.routing import Rule
from bot.domain.sla import EVERY, Promise
from bot.services.policies import SlaOrder
from bot.views.admin_forms import routing_preview, sla_preview, typed
from bot.views.ids import Action, Field, Form
from bot.views.limits import METADATA, Block
from bot.views.rules import rule_change, sla_change
from bot.views.sheets import sheet
from handlers.commands.routing import rule, typed_rule
from handlers.commands.sla import HOURS, order, wish, worded
from handlers.desk import Desk
from handlers.guard import later
from handlers.listeners import press, submission
from handlers.memo import parsed
from handlers.payload import Press, Submission


@press(Action.USE_CHANNEL)
def use_channel(desk: Desk, pressed: Press) -> None:
    channel, place = pressed.memo.using
    desk.roster.let_use(place, channel, by=pressed.by)
    later(desk, lambda: desk.roster.entered(channel))


@submission(Form.ROUTING)
def preview(desk: Desk, sent: Submission) -> Block:
    wanted = _rule(sent)
    length = len(typed(wanted))
    if length > METADATA:
        raise RuleTooLong(length, METADATA)
    return routing_preview(desk.policies.preview_rule(wanted, by=sent.by), wanted)


def _rule(sent: Submission) -> Rule:
    also = tuple(DepartmentKey(key) for key in sent.choices(Field.ALSO))
    ask = " ".join(sent.text(Field.TEXT).split())
    return Rule(
        DepartmentKey(sent.choice(Field.DEPARTMENT)),
        sent.text(Field.CONDITIONS).strip(),
        also,
        _priority(sent),
        asks=tuple((key, ask) for key in also if ask),
    )


@submission(Form.ROUTING_PREVIEW)
def save(desk: Desk, sent: Submission) -> Block:
    wanted = parsed(typed_rule, sent.memo.text, "rule")
    if wanted is None:
        raise Tampered("rule")
    change = desk.policies.add_rule(rule(desk, wanted), by=sent.by)
    return sheet("Saved", rule_change(change))


@submission(Form.SLA)
def preview_promise(desk: Desk, sent: Submission) -> Block:
    department = sent.choice(Field.DEPARTMENT)
    wanted = SlaOrder(
        EVERY if department == EVERY else DepartmentKey(department),
        parsed(Promise, sent.choice(Field.PROMISE), "promise"),
        parse_duration(sent.text(Field.LENGTH)),
        _priority(sent),
        HOURS.get(sent.choice(Field.HOURS)),
    )
    return sla_preview(desk.policies.preview_promise(wanted, by=sent.by), worded(wanted))


@submission(Form.SLA_PREVIEW)
def set_promise(desk: Desk, sent: Submission) -> Block:
    wished = parsed(wish, sent.memo.text, "promise")
    if wished is None:
        raise Tampered("promise")
    return sheet("Saved", sla_change(desk.policies.set_promise(order(desk, wished), by=sent.by)))


def _priority(sent: Submission) -> Priority | None:
    chosen = sent.choice(Field.PRIORITY)
    return parsed(Priority, chosen, "priority") if chosen else None
