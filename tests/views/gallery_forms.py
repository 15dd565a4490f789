"""Every form in each of its variants."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.boards import (
    FoundBoard,
    RuleChange,
    SlaChange,
)
from bot.domain.case import Outcome
from bot.domain.post import Visibility
from bot.domain.reply import Outgoing, ReplyState
from bot.domain.reply_form import Escalation, HandOffChoice, PostChoice, Preview
from bot.views import admin_forms, case_forms, passing_forms, reply_forms
from bot.views.limits import Block
from bot.views.more_form import more_form
from bot.views.outgoing import why_form
from bot.views.sheets import loading, problem, sheet
from tests.views.gallery_lists import LISTS
from tests.views.made import (
    ANN,
    BEN,
    CEM,
    DEPARTMENTS,
    NOW,
    ago,
    case,
    claimed,
    closed,
    facts,
    offer,
    post,
    question,
    reply,
)
from tests.views.shown import (
    ASKED,
    CLOSED_AT,
    DRAFT,
    FOLLOW_UP,
    LINES,
    MOVES,
    PUBLICLY,
    RULE,
    writing,
)

NAMELESS = replace(DRAFT, draft=replace(DRAFT.draft, target=replace(PUBLICLY, account=None)))
FORMS: dict[str, Block] = {
    "reply": reply_forms.reply_form(
        replace(DRAFT, limit=280, warnings=("<@U2> has another case",))
    ),
    "reply_again": reply_forms.reply_form(writing("Dear Jane", limit=280)),
    "reply_choosing": reply_forms.reply_form(
        writing(
            "Dear Jane",
            Visibility.PRIVATE,
            newest=FOLLOW_UP,
            choices=(PostChoice(post(), ago(9)), PostChoice(FOLLOW_UP, ago(4))),
            outgoing=Outgoing.OFF,
            is_deleted=True,
            more_choices=3,
        ),
        anew=True,
    ),
    "reply_from_which_account": reply_forms.reply_form(
        replace(NAMELESS, accounts=("@northwind", "@northwind_help"))
    ),
    "reply_unlisted": reply_forms.reply_form(writing("Dear Jane", Visibility.UNLISTED)),
    "reply_followers": reply_forms.reply_form(writing("Dear Jane", Visibility.FOLLOWERS)),
    "reply_from_none": reply_forms.reply_form(NAMELESS),
    "reply_preview": reply_forms.reply_preview(
        Preview(
            writing("Dear Jane, *we* are sorry"),
            "Dear Jane, *we* are sorry",
            timedelta(seconds=10),
        )
    ),
    "reply_preview_private_hold": reply_forms.reply_preview(
        Preview(
            writing(
                "Dear Jane",
                Visibility.PRIVATE,
                outgoing=Outgoing.HOLD,
                warnings=("Long ago",),
            ),
            "Dear Jane",
            timedelta(seconds=10),
        )
    ),
    "reply_preview_off": reply_forms.reply_preview(
        Preview(writing("Dear Jane", outgoing=Outgoing.OFF), "Dear Jane", timedelta(seconds=10))
    ),
    "reply_found": reply_forms.found_form(reply(ReplyState.UNKNOWN), post()),
    "send_again": reply_forms.send_again_form(reply(ReplyState.UNKNOWN), post()),
    "hand_off": passing_forms.hand_off_form(HandOffChoice(case(), DEPARTMENTS, CLOSED_AT)),
    "also": passing_forms.also_form(HandOffChoice(case(), DEPARTMENTS, CLOSED_AT)),
    "hand_off_alone": passing_forms.hand_off_form(HandOffChoice(case(), (), CLOSED_AT)),
    "escalate": passing_forms.escalate_form(Escalation(case(), ANN, (BEN, CEM), (BEN, CEM, ANN))),
    "escalate_by_a_lead": passing_forms.escalate_form(
        Escalation(case(), None, (BEN,), (BEN,), leads=True)
    ),
    "escalate_alone": passing_forms.escalate_form(Escalation(case(), None, ())),
    "return": passing_forms.return_form(case(hand_off=offer())),
    "brake_why": why_form(),
    "more_new": more_form(case()),
    "more_claimed": more_form(claimed()),
    "more_solved": more_form(closed(Outcome.SOLVED)),
    "ask": case_forms.ask_form(case()),
    "answer": case_forms.answer_form(question()),
    "assign": case_forms.assign_form(claimed()),
    "snooze": case_forms.snooze_form(case()),
    "priority": case_forms.priority_form(case()),
    "merge": case_forms.merge_form(case()),
    "answered_there": case_forms.answered_there_form(case()),
    "link": case_forms.link_form(case()),
    "mute": case_forms.mute_form(case(), post()),
    "solve": case_forms.solve_form(facts(asks=(ASKED,))),
    "new_case": case_forms.new_case_form("https://x.com/jane/1"),
    "close_preview": case_forms.close_preview(FoundBoard("words:thanks", LINES, 62, NOW)),
    "close_preview_others": case_forms.close_preview(
        FoundBoard("words:thanks", LINES[:1], 0, NOW, others=2)
    ),
    "close_rest": case_forms.close_rest_preview(FoundBoard("#1042", LINES, 62, NOW, others=3)),
    "close_rest_empty": case_forms.close_rest_preview(FoundBoard("#1042", (), 0, NOW)),
    "close_preview_empty": case_forms.close_preview(FoundBoard("words:thanks", (), 0, NOW)),
    "routing": admin_forms.routing_form(DEPARTMENTS),
    "routing_preview": admin_forms.routing_preview(
        RuleChange("Add rule 3", None, 312, MOVES), RULE
    ),
    "sla": admin_forms.sla_form(DEPARTMENTS),
    "sla_preview": admin_forms.sla_preview(
        SlaChange("first response for service: 30m", None, 41, 2, 9), "service first-response 30m"
    ),
    "sheet": sheet("Case #1042", LISTS["receipt"]),
    "loading": loading("Case #1042"),
    "problem": problem("Not now", "<@U1> was first and has this case."),
}
