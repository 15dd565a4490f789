"""Every list in each of its variants."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.accounts import Account, Accounts, Door
from bot.domain.boards import (
    Asked,
    AskLine,
    CaseBoard,
    FoundBoard,
    MembersBoard,
    MineBoard,
    QueueBoard,
    ReceiptBoard,
    Removal,
    RouteTest,
    RoutingBoard,
    RuleChange,
    SlaChange,
    Step,
    Voice,
)
from bot.domain.conversation import Heard, Others
from bot.domain.department import Role
from bot.domain.ids import CaseId, MemberId
from bot.domain.mute import Mute
from bot.domain.post import Author, Post, Visibility
from bot.domain.receipt import receipt as receipt_of
from bot.domain.reply import ReplyState
from bot.domain.routing import RuleBook, Verdict
from bot.domain.sla import DEFAULT
from bot.domain.together import Together
from bot.views import asked, case_pairs, desk_lists, elsewhere, lists, mutes, removals, rules
from bot.views.drawn import Drawn
from bot.views.whole_case import receipt, whole_case
from tests.views.gallery_rota import ROTA
from tests.views.made import (
    ANN,
    BEN,
    CEM,
    DEPARTMENTS,
    NOW,
    ago,
    case,
    claimed,
    facts,
    post,
    question,
    reply,
)
from tests.views.shown import ASKED, BOOK, BROKEN, EVENTS, FOLLOW_UP, LINES, MOVES


@dataclass(frozen=True)
class Change:
    id: int
    at: datetime
    by: MemberId
    what: str
    undone_by: MemberId | None = None


MUTE = Mute("x:42", "@jane", NOW + timedelta(hours=20), ANN, "the same song", CaseId(1042))

NOBODY: frozenset[MemberId] = frozenset()
LEGAL = replace(DEPARTMENTS[0], key="legal", name="Legal", channel="", has_queue=False)
NETWORKS = Accounts(
    (
        Account("mastodon", "@northwind@social.example", secrets=(("token", "NW_TOKEN"),)),
        Account("x", "@northwind_leeds", location="Leeds"),
    ),
    (
        Door("webhook", "INTAKE_SECRET", "@northwind"),
        Door("shop", "SHOP_SECRET", reply_url="https://shop.example/replies?key=hush"),
    ),
    frozenset({"INTAKE_SECRET", "NW_TOKEN"}),
)
REMOVAL = Removal(
    DEPARTMENTS[1], "Triage", cases=3, asks=1, rules=(2, 5), followed=(3,),
    covers=("Technical support",), steps=1, is_default=True,
)  # fmt: skip


def _by(handle: str, text: str) -> Post:
    return replace(post(), text=text, author=Author(handle))


ASKS = Asked(
    (
        AskLine(LINES[0], replace(ASKED, asked_by=ANN), DEPARTMENTS[0]),
        AskLine(LINES[2], replace(ASKED, ask=""), DEPARTMENTS[0]),
    ),
    9,
)


def _storm() -> QueueBoard:
    """As many lines, asks and letters as a queue can show, in the widest of scripts."""
    words = "荷物が届かないまま空港で一晩過ごしました。誰も何も教えてくれません。" * 40
    lines = tuple(
        replace(
            LINES[0],
            case=replace(LINES[0].case, id=CaseId(1_000_000 + number)),
            post=replace(_by("@" + "旅" * 40, words), source="googlebusiness"),
            latest=replace(_by("@" + "旅" * 40, words), id="2"),
        )
        for number in range(60)
    )
    asks = tuple(
        AskLine(one, replace(ASKED, case=one.case.id, ask=words, asked_by=ANN), DEPARTMENTS[0])
        for one in lines[:20]
    )
    board = QueueBoard(DEPARTMENTS[0], lines, 12_345, 9_876, NOW, asleep=1_234, called=567)
    return replace(board, asked=Asked(asks, 890))


LISTS: dict[str, Drawn] = {
    "queue_full": lists.queue(replace(_storm(), asked=Asked())),
    "queue_full_asked": lists.queue(_storm()),
    "removal": removals.removal_preview(REMOVAL),
    "removal_of_nothing": removals.removal_preview(Removal(DEPARTMENTS[1], "Triage")),
    "removal_by_undo": removals.undo_preview(7, [REMOVAL]),
    "queue": lists.queue(QueueBoard(DEPARTMENTS[0], LINES[:2], 5, 2, NOW)),
    "queue_asleep": lists.queue(QueueBoard(DEPARTMENTS[0], LINES[:2], 8, 2, NOW, 3)),
    "queue_all_asleep": lists.queue(QueueBoard(DEPARTMENTS[0], (), 3, 0, NOW, 3)),
    "queue_asked": lists.queue(QueueBoard(DEPARTMENTS[0], LINES[:1], 1, 1, NOW, asked=ASKS)),
    "mine_asked": lists.mine(MineBoard((), (), 0, NOW, ASKS)),
    "also_told": asked.told(ASKED, DEPARTMENTS[0]),
    "also_taken_back": asked.taken_back(CaseId(1042), DEPARTMENTS[0]),
    "queue_empty": lists.queue(QueueBoard(DEPARTMENTS[0], (), 5, 0, NOW)),
    "mine": lists.mine(MineBoard(LINES[:2], LINES[:1], 2, NOW)),
    "mine_empty": lists.mine(MineBoard((), (), 0, NOW)),
    "found": lists.found(FoundBoard("words:refund", LINES, 222, NOW)),
    "found_nothing": lists.found(FoundBoard("words:refund", (), 0, NOW)),
    "whole_case": whole_case(
        CaseBoard(
            facts(claimed(), reply=reply(ReplyState.SENT, sent_at=NOW)),
            (post(), FOLLOW_UP),
            (reply(ReplyState.SENT, sent_at=NOW),),
            (question(), question(answer="Yes", answered_by=CEM)),
            EVENTS,
        )
    ),
    "whole_case_others": whole_case(
        CaseBoard(
            facts(others=Others(2, (CaseId(1043),), overheard=1)),
            (post(),),
            (),
            (),
            EVENTS,
            voices=(
                Voice(_by("@bob", "Mine is gone too"), Heard.WORD, CaseId(1043)),
                Voice(
                    replace(_by("@bob", "booking NW-77"), visibility=Visibility.PRIVATE),
                    Heard.WORD,
                    CaseId(1043),
                ),
                Voice(_by("@troll", "Serves you right"), Heard.VOICE, None),
                Voice(_by("@northwind", "It is on its way!"), Heard.OURS, None),
            ),
        )
    ),
    "receipt": receipt(
        ReceiptBoard(
            CaseId(1042), ((BROKEN, receipt_of(BROKEN.clock(DEPARTMENTS[2].calendar), NOW)),), NOW
        )
    ),
    "receipt_empty": receipt(ReceiptBoard(CaseId(1042), (), NOW)),
    "rules": rules.rules(RoutingBoard(BOOK, DEPARTMENTS)),
    "rules_empty": rules.rules(RoutingBoard(RuleBook(), DEPARTMENTS)),
    "rule_change": rules.rule_change(RuleChange("Rule 2 was added", 7, 312, MOVES, "It is broad")),
    "rule_change_early": rules.rule_change(RuleChange("Rule 2 was added", 7, 3, MOVES)),
    "route_test": rules.route_test(
        RouteTest(
            DEPARTMENTS[1],
            "rule 1 (words price)",
            (
                Verdict(1, BOOK.rules[0], True, "words price"),
                Verdict(2, BOOK.rules[1], False, "no app, login"),
            ),
        )
    ),
    "sla_table": rules.sla_table(DEFAULT, DEPARTMENTS),
    "sla_change": rules.sla_change(SlaChange("first response of service is 30m", 8, 41, 3, 9)),
    "sla_change_early": rules.sla_change(SlaChange("first response is 30m", 8, 0, 0, 0)),
    "departments": desk_lists.departments(DEPARTMENTS, NOW + timedelta(hours=30)),
    "departments_empty": desk_lists.departments((), NOW),
    "members": desk_lists.members(
        MembersBoard(
            DEPARTMENTS[0],
            False,
            ((ANN, Role.LEAD), (BEN, None)),
            frozenset([ANN]),
            frozenset([ANN, BEN]),
        )
    ),
    "members_guests": desk_lists.members(
        MembersBoard(DEPARTMENTS[0], True, ((BEN, None),), NOBODY, NOBODY)
    ),
    "members_empty": desk_lists.members(MembersBoard(DEPARTMENTS[0], True, (), NOBODY, NOBODY)),
    "members_nowhere": desk_lists.members(MembersBoard(DEPARTMENTS[0], None, (), NOBODY, NOBODY)),
    "members_approve": desk_lists.members(
        MembersBoard(LEGAL, None, ((ANN, Role.LEAD),), frozenset([ANN]), frozenset([ANN]))
    ),
    "members_approve_empty": desk_lists.members(MembersBoard(LEGAL, None, (), NOBODY, NOBODY)),
    "networks": desk_lists.networks((("mastodon", "7"), ("x", "41")), NETWORKS),
    "networks_empty": desk_lists.networks((), Accounts(doors=(Door("webhook", "INTAKE_SECRET"),))),
    "changes": desk_lists.changes(
        [Change(8, NOW, ANN, "Rule 2 was added"), Change(7, ago(9), BEN, "Rule 2 removed", ANN)],
        NOW,
    ),
    "changes_empty": desk_lists.changes([], NOW),
    "setup_steps": desk_lists.setup_steps(
        [Step("Channels", True), Step("People", False, "Invite people to #care-sales")]
    ),
    "help": desk_lists.help_of(
        [("/case claim N", "take a case"), ("/sla explain N", "why so late")]
    ),
    "mutes": mutes.mutes([MUTE, replace(MUTE, handle="joe", case=None)], NOW),
    "mutes_empty": mutes.mutes([], NOW),
    "muted": mutes.muted(MUTE, NOW),
    "unmuted": mutes.unmuted(MUTE),
    "answered_there": elsewhere.answered_there(case()),
    "not_answered_there": elsewhere.not_answered_there(case()),
    "merged": case_pairs.together(Together(CaseId(1042), CaseId(1043))),
    "two_customers": case_pairs.together(Together(CaseId(1042), CaseId(1043), is_linked=True)),
    "split": case_pairs.apart(Together(CaseId(1042), CaseId(1043))),
    "linked": case_pairs.linked(CaseId(1042), CaseId(1043)),
    "unlinked": case_pairs.unlinked(CaseId(1042), CaseId(1043)),
    **ROTA,
}
