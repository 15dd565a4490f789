"""Every view with the same foreign words in all the places that foreign words can reach."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.ask import Ask
from bot.domain.boards import (
    Asked,
    AskLine,
    CaseBoard,
    FoundBoard,
    Line,
    MembersBoard,
    MineBoard,
    QueueBoard,
    RouteTest,
    RoutingBoard,
    RuleChange,
    SlaChange,
    Step,
    Voice,
)
from bot.domain.case import Outcome
from bot.domain.conversation import Heard
from bot.domain.department import Department
from bot.domain.draft import Draft, ReplyTarget
from bot.domain.facts import BundleFacts, MovedFacts, WarningFacts
from bot.domain.figure_boards import BehindBoard, HomeBoard
from bot.domain.ids import TRIAGE, CaseId, DepartmentKey, MemberId
from bot.domain.kpi import KPIS
from bot.domain.mute import Mute
from bot.domain.post import Visibility
from bot.domain.reply import Outgoing, OutgoingNote, Reply, ReplyState
from bot.domain.reply_form import Escalation, HandOffChoice, PostChoice, Preview, ReplyForm
from bot.domain.routing import Rule, RuleBook
from bot.domain.search import Query, Term
from bot.domain.sla import DEFAULT
from bot.domain.timeline import Event, What
from bot.views import (
    admin_forms,
    case_forms,
    desk_lists,
    figures,
    home,
    lists,
    mutes,
    passing_forms,
    reply_forms,
    rules,
)
from bot.views.card import card
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.more_form import case_form, more_form
from bot.views.notes import NOTES, note
from bot.views.pings import late_list, ping
from bot.views.sheets import sheet
from bot.views.warned import warning
from bot.views.whole_case import whole_case
from tests.views import gallery_incidents, gallery_storms, gallery_stuck
from tests.views.gallery_figures import TODAY
from tests.views.made import (
    ANN,
    LINK,
    NOW,
    SALES,
    SERVICE,
    TECHNICAL,
    closed,
    everywhere,
    facts,
    note_facts,
    ping_facts,
    question,
    reply,
    run,
)

_MENTION = re.compile(r"<@[UW][A-Z0-9]+>")


_LONG = 400  # longer than any place in a list; what is longer still is tried on the cards


def messages_with(text: str) -> list[Drawn]:
    short = text[:_LONG]
    storm = gallery_storms.spoiled(everywhere(short).post, short)
    others = [*_pings(short), *_notes(short), *_lists(short), *_incidents(short)]
    return [*_cards(text), storm, *others]


def forms_with(whole_text: str) -> list[Block]:
    text = whole_text[: 9 * _LONG]
    spoiled, department = everywhere(text), _department(text)
    target = ReplyTarget(spoiled.post.key, text, Visibility.PRIVATE)
    kept = Draft(spoiled.case.id, MemberId("U1"), target, NOW).look_twice(text, NOW)
    choices = tuple(PostChoice(spoiled.post, NOW) for _ in range(9))
    other = replace(spoiled.post, id="other")
    draft = ReplyForm(
        spoiled.case, kept, spoiled.post, 280, Outgoing.HOLD,
        OutgoingNote(MemberId("U1"), text, NOW, text), (_reason(text),), True, other,
        (*choices, PostChoice(other, NOW)),
    )  # fmt: skip
    nameless = replace(draft, draft=replace(kept, target=replace(target, account=None)))
    changed = RuleChange(_reason(text), None, 3, None, _reason(text))
    return [
        reply_forms.reply_form(draft),
        reply_forms.reply_form(replace(nameless, accounts=(text[:255], "@northwind"))),
        reply_forms.reply_preview(
            Preview(draft, text[: reply_forms.LONGEST], timedelta(seconds=9))
        ),
        reply_forms.found_form(reply(ReplyState.UNKNOWN, text=text), spoiled.post),
        reply_forms.send_again_form(reply(ReplyState.UNKNOWN, text=text), spoiled.post),
        passing_forms.hand_off_form(HandOffChoice(spoiled.case, (department,), NOW)),
        passing_forms.escalate_form(Escalation(spoiled.case, MemberId(text), (MemberId(text),))),
        more_form(spoiled.case),
        case_form(_board(text)),
        case_forms.answer_form(question(question=text)),
        case_forms.mute_form(spoiled.case, spoiled.post),
        case_forms.solve_form(replace(spoiled, asks=(Ask(CaseId(1042), SALES, text),))),
        case_forms.new_case_form(text),
        case_forms.close_preview(FoundBoard(text, (_line(text[:_LONG]),) * 200, 62, NOW)),
        admin_forms.routing_form((department,) * 120),
        admin_forms.routing_preview(changed, _rule(text)),
        admin_forms.sla_form((department,)),
        admin_forms.sla_preview(SlaChange(_reason(text), None, 3, 1, 2), "* first-response 1h"),
        sheet(text, whole_case(_board(text))),
        *gallery_incidents.forms(text).values(),
    ]


def _cards(text: str) -> list[Drawn]:
    spoiled = everywhere(_reason(text))
    replied = [
        replace(spoiled, case=replace(spoiled.case, hand_off=None), reply=_reply(state, text))
        for state in ReplyState
    ]
    own = replace(everywhere(text), case=replace(spoiled.case, why=_reason(text)))
    in_triage = replace(
        own,
        case=replace(own.case, department=TRIAGE, hand_off=None),
        shown_in=TRIAGE,
        choices=tuple(replace(_department(text), key=key) for key in (SERVICE, SALES, TRIAGE)),
    )
    ended = replace(own, case=closed(Outcome.SOLVED, note=text))
    everybody = [own, replace(own, shown_in=SALES), replace(own, shown_in=TECHNICAL), ended]
    return [card(one) for one in (*everybody, replace(ended, shown_in=SALES), in_triage, *replied)]


def _pings(text: str) -> list[Drawn]:
    spoiled, department = everywhere(text), _department(text)
    base = ping_facts(case=spoiled.case, post=spoiled.post, department=department, link=LINK)
    escalated = replace(base, run=None, why=_reason(text), settled="")
    settled = replace(base, settled=text, acknowledged_by=MemberId(text), acknowledged_at=NOW)
    warned = WarningFacts(
        spoiled.case, spoiled.post, department, run(NOW), (MemberId(text),), NOW, LINK
    )
    singles = [base, escalated, settled, replace(base, people=(MemberId(text),))]
    called = (MemberId(text),)
    lists = [BundleFacts(text, tuple(singles) * times, called, late=9) for times in (1, 20)]
    moved = MovedFacts(called, 3, NOW)
    return [
        *map(ping, singles), *map(late_list, lists), late_list(moved), ping(moved), warning(warned)
    ]  # fmt: skip


def _notes(text: str) -> list[Drawn]:
    spoiled = everywhere(text)
    args = dict.fromkeys(note_facts("follow_up").args, text)
    asked = question(question=text, answer=text)  # its place is an id of Slack's, nobody's words
    told = note_facts(
        "follow_up", case=spoiled.case, post=spoiled.post, question=asked, args=args,
        reply=_reply(ReplyState.HELD, text),
    )  # fmt: skip
    safe_why = replace(told, args=args | {"why": _reason(text)})
    return [note(replace(safe_why, say=say)) for say in NOTES]


def _lists(text: str) -> list[Drawn]:
    department = _department(text)
    book = RuleBook((_rule(text),) * 60)
    members = ((MemberId(text), None),) * 60
    return [
        lists.found(FoundBoard(text, (_line(text),) * 60, 222, NOW)),
        lists.queue(QueueBoard(department, (_line(text),) * 60, 900, 90, NOW, 9, 9, _asks(text))),
        lists.mine(MineBoard((_line(text),) * 60, (_line(text),) * 60, 900, NOW, _asks(text))),
        whole_case(_board(text)),
        rules.rules(RoutingBoard(book, (department,))),
        rules.rule_change(RuleChange(_reason(text), 7, 3, None, _reason(text))),
        rules.route_test(RouteTest(department, _reason(text), ())),
        rules.sla_table(DEFAULT, (department,)),
        desk_lists.departments((department,) * 60, NOW),
        mutes.mutes([Mute(f"{text}:1", text, NOW, MemberId(text), text, CaseId(1))] * 60, NOW),
        desk_lists.members(MembersBoard(department, True, members, frozenset(), frozenset())),
        figures.behind(figure_boards(text)[0]),
        home.home(figure_boards(text)[1]),
        home.step_to_do(Step(_reason(text), False, _reason(text))),
        desk_lists.setup_steps([Step(_reason(text), False, _reason(text))] * 30),
    ]


def _asks(text: str) -> Asked:
    ask = Ask(CaseId(1042), SALES, text, asked_by=MemberId(text))
    return Asked((AskLine(_line(text), ask, _department(text)),) * 10, 400)


def figure_boards(text: str) -> tuple[BehindBoard, HomeBoard]:
    lines = (_line(text),) * 40
    queues = (QueueBoard(_department(text), lines, 900, 90, NOW),) * 9
    steps = (Step(_reason(text), False, _reason(text)),) * 7
    return (
        BehindBoard(KPIS["open"], DepartmentKey(text), lines, 400, 500, NOW),
        HomeBoard(
            MineBoard(lines, lines, 900, NOW, _asks(text)),
            queues,
            TODAY,
            steps,
            NOW,
            gallery_stuck.spoiled(text),
        ),
    )


def _incidents(text: str) -> list[Drawn]:
    safe = _reason(text)
    return [*gallery_incidents.notes(safe).values(), *gallery_incidents.lists(safe).values()]


def _board(text: str) -> CaseBoard:
    spoiled = everywhere(_reason(text))
    posts = (everywhere(text).post,) * 30
    replies = tuple(_reply(state, text) for state in ReplyState)
    keys = ("why", "ask", "was", "to", "person", "reason", "promise", "target", "outcome", "muted")
    data = dict.fromkeys((*keys, "department", "state", "merged"), text)
    events = tuple(Event(CaseId(1042), NOW, what, MemberId(text), data) for what in What)
    return CaseBoard(
        spoiled, posts, replies, (question(question=text, answer=text),) * 9, events * 3,
        voices=tuple(Voice(posts[0], heard_as, None) for heard_as in Heard) * 3,
    )  # fmt: skip


def _reply(state: ReplyState, text: str) -> Reply:
    return reply(state, text=text, reason=text, url=LINK, sent_at=NOW, author=ANN)


def _line(text: str) -> Line:
    return Line(replace(facts().case, assignee=MemberId(text)), everywhere(text).post, None, LINK)


def _rule(text: str) -> Rule:
    """The words of a rule can be anything that a quoted value can hold."""
    words = "refund " + re.sub(r"[^\w <>@#!|:/._~`-]", "", text)[:200].strip()
    return Rule(SALES, str(Query((Term("words", False, (words,)),))))


def _department(text: str) -> Department:
    return Department(SERVICE, text, text, lead=text, handoff_needs=(text, text), cover=SALES)


def _reason(text: str) -> str:
    """The desk's own reasons may name people, so no foreign mention can be told apart there."""
    return _MENTION.sub("", text)
