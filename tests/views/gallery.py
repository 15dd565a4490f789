"""Every view in each of its variants: what the golden files hold, and limits are tried on."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.case import Outcome, OutsideAnswer
from bot.domain.conversation import Others
from bot.domain.facts import BundleFacts, MovedFacts, Nearby, PingFacts, WarningFacts, WarningsFacts
from bot.domain.ids import CLOCK, DESK, TRIAGE, CaseId
from bot.domain.post import Priority, Visibility
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from bot.views.alerts import alert
from bot.views.card import card
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.notes import NOTES, note
from bot.views.outgoing import moved
from bot.views.pings import late_list, ping
from bot.views.warned import warning, warnings
from tests.views import gallery_incidents
from tests.views.gallery_alerts import ALERTS
from tests.views.gallery_figures import BRAKED, FIGURES, HOMES, WHY
from tests.views.gallery_forms import FORMS
from tests.views.gallery_incidents import ROLES
from tests.views.gallery_lists import LISTS
from tests.views.gallery_storms import DIGESTS, OPENED
from tests.views.made import (
    ANN,
    BEN,
    CEM,
    DEPARTMENTS,
    LINK,
    MANY_DEPARTMENTS,
    NOW,
    SALES,
    TECHNICAL,
    ago,
    case,
    claimed,
    closed,
    facts,
    note_facts,
    offer,
    ping_facts,
    post,
    question,
    reply,
    run,
)
from tests.views.shown import ASKED, FOLLOW_UP, SOON

CARDS: dict[str, Drawn] = {
    "new": card(facts()),
    "new_normal": card(facts(case(priority=Priority.NORMAL), language=None)),
    "late": card(facts(due=run(ago(4)), case=case(priority=Priority.HIGH))),
    "private": card(
        facts(post=post(visibility=Visibility.PRIVATE, media=("https://pbs.example/1",)))
    ),
    "followers": card(facts(post=post(visibility=Visibility.FOLLOWERS))),
    "claimed": card(facts(claimed(), earlier_cases=3)),
    "alerting": card(facts(case(priority=Priority.URGENT), is_alerting=True)),
    "taken": card(facts(claimed(), taken_from=BEN)),
    "answered": card(
        facts(
            claimed(waiting_since=NOW),
            due=None,
            reply=reply(ReplyState.SENT, sent_at=NOW, url="https://x.com/northwind/2"),
        )
    ),
    "solution_paused": card(facts(claimed(waiting_since=NOW), due=run(None, Promise.RESOLUTION))),
    "snoozed": card(facts(claimed(snoozed_until=NOW + timedelta(hours=30)))),
    "escalated": card(facts(case(escalated="The press asks"))),
    "closed_department": card(
        facts(
            department=DEPARTMENTS[2],
            shown_in=TECHNICAL,
            case=case(department=TECHNICAL),
            opens_at=NOW + timedelta(hours=47),
            cover=DEPARTMENTS[0],
        )
    ),
    "wrote_again": card(facts(claimed(), latest=FOLLOW_UP, follow_ups=3, is_edited=True)),
    "alarm": card(facts(alarm="jump off")),
    "neighbours": card(facts(nearby=(Nearby(CaseId(1043), ago(3)), Nearby(CaseId(1044), ago(2))))),
    "others": card(
        facts(others=Others(3, (CaseId(1043), CaseId(1047)), more_cases=0, overheard=1))
    ),
    "beside": card(facts(case(beside=CaseId(1001)))),
    "outside": card(
        facts(
            case(outside=OutsideAnswer(ago(2), DESK, url="https://x.example/1")), outside=FOLLOW_UP
        )
    ),
    "handed_off": card(facts(case(hand_off=offer()))),
    "handed_to_person": card(facts(case(hand_off=offer(CEM)))),
    "triage": card(
        facts(
            case(department=TRIAGE, why="no rule matched"),
            department=replace(DEPARTMENTS[0], key=TRIAGE, name="Triage"),
            shown_in=TRIAGE,
            choices=DEPARTMENTS,
        )
    ),
    "triage_of_many": card(
        facts(case(department=TRIAGE), shown_in=TRIAGE, choices=MANY_DEPARTMENTS)
    ),
    "solved": card(facts(closed(Outcome.SOLVED, note="rebooked"))),
    "no_reply_needed": card(facts(closed(Outcome.NO_REPLY))),
    "merged": card(facts(closed(Outcome.MERGED, into=CaseId(1040)))),
    "moved": card(facts(department=DEPARTMENTS[2], shown_in=SALES, link=LINK)),
    "offered_elsewhere": card(
        facts(
            case(department=TECHNICAL, hand_off=offer()),
            department=DEPARTMENTS[2],
            shown_in=SALES,
            link=LINK,
        )
    ),
    "follower": card(facts(claimed(), shown_in=SALES, asks=(ASKED,), link=LINK)),
    "follower_solved_rule": card(
        facts(closed(Outcome.NO_REPLY), shown_in=SALES, asks=(replace(ASKED, ask=""),), link=LINK)
    ),
    "follower_asked_no_longer": card(facts(claimed(), shown_in=SALES, was_asked=True, link=LINK)),
    "follower_asked_by": card(
        facts(claimed(), shown_in=SALES, asks=(replace(ASKED, asked_by=ANN),), link=LINK)
    ),
    "follower_solved": card(
        facts(closed(Outcome.SOLVED), shown_in=SALES, asks=(ASKED,), link=LINK)
    ),
    "follower_done": card(
        facts(shown_in=SALES, asks=(replace(ASKED, done_by=BEN, done_at=NOW),), link=LINK)
    ),
    **{
        f"reply_{state}": card(facts(claimed(), reply=reply(state, reason="a newer word came in")))
        for state in ReplyState
        if state is not ReplyState.SENT
    },
}


def late(*pings: PingFacts, **changes: object) -> BundleFacts:
    """The list of these cases, as it is posted."""
    open_ones = [one for one in pings if not one.settled]
    facts = BundleFacts(
        "bundle:1", pings, (CEM,), late=len(open_ones),
        waiting=sum(not one.is_over for one in pings), posted_at=NOW,
    )  # fmt: skip
    return replace(facts, **changes)


PINGS: dict[str, Drawn] = {
    **{f"alert_{name}": alert(facts) for name, facts in ALERTS.items()},
    "late": late_list(late(ping_facts())),
    "late_claimed": late_list(late(ping_facts(case=claimed()))),
    "late_nobody_on_duty": late_list(late(ping_facts(people=()), called=(), calls_everybody=True)),
    "late_channel": late_list(
        late(ping_facts(people=(), why="channel"), called=(), calls_everybody=True)
    ),
    "late_escalated": late_list(
        late(ping_facts(run=None, why="<@U2> escalated it", case=case(escalated="The press asks")))
    ),
    "late_hanging": late_list(late(ping_facts(run=None, why="unanswered for 72 hours"))),
    "late_three": late_list(
        late(
            ping_facts(),
            ping_facts(key="ping:2", case=case(id=CaseId(1046), priority=Priority.NORMAL)),
            ping_facts(acknowledged_by=CEM, acknowledged_at=ago(2), key="ping:3"),
            ping_facts(settled="answered", key="ping:4"),
        )
    ),
    "late_acknowledged": late_list(late(ping_facts(acknowledged_by=CEM, acknowledged_at=ago(2)))),
    "late_over": late_list(late(ping_facts(settled="answered"))),
    "late_many": late_list(
        late(
            *(ping_facts(case=case(id=CaseId(1100 + n))) for n in range(45)), late=300, waiting=300
        )
    ),
    "late_moved": late_list(MovedFacts((CEM,), 3, ago(10))),
    "ping_before": ping(ping_facts()),
    "warning_owner": warning(
        WarningFacts(claimed(), post(), DEPARTMENTS[0], run(SOON), (ANN,), NOW, LINK)
    ),
    "warnings_owner": warnings(
        WarningsFacts(
            tuple(
                WarningFacts(
                    claimed(id=CaseId(number)), post(), DEPARTMENTS[0], run(SOON), (ANN,), NOW, LINK
                )
                for number in range(1042, 1051)
            )
        )
    ),
    "warnings_department": warnings(
        WarningsFacts((WarningFacts(case(), post(), DEPARTMENTS[0], run(SOON), (), NOW),) * 45)
    ),
    "warning_department": warning(
        WarningFacts(case(), post(), DEPARTMENTS[0], run(SOON), (BEN,), NOW, LINK)
    ),
}

RESTORED = "the desk was restored from a backup of 2026-11-22 14:05 UTC"
WANTED = {
    "place": "department:service", "channel": "C0PUBLIC", "name": "care-service",
    "doubt": "public", "department": "Customer service",
}  # fmt: skip
NOTED: dict[str, Drawn] = {
    **{say: note(note_facts(say)) for say in NOTES},
    **{
        f"channel_{doubt}": note(
            note_facts("channel_wanted", case=None, args=WANTED | {"doubt": doubt})
        )
        for doubt in ("public", "shared", "other")
    },
    "channel_wanted": note(note_facts("channel_wanted", case=None, args=WANTED | {"by": ANN})),
    "channel_not_wanted": note(
        note_facts("channel_wanted", case=None, args=WANTED | {"gone": True})
    ),
    "parted": note(
        note_facts(
            "parted",
            case=None,
            args={
                "cases": 12,
                "posts": 1034,
                "left": 3,
                "open": [1003, 1007],
                "more_open": 0,
                "ours": [1010, 1011],
                "more_ours": 40,
            },
        )
    ),
    "escalated_again": note(
        note_facts("escalated", args={"by": BEN, "reason": "it burns", "direct": True, "more": 29})
    ),
    "reply_held": note(note_facts("reply_held", reply=reply(ReplyState.HELD, reason="on hold"))),
    "reply_failed": note(note_facts("reply_failed", reply=reply(ReplyState.REJECTED))),
    "reply_unknown": note(note_facts("reply_unknown", reply=reply(ReplyState.UNKNOWN))),
    "hand_off_offer": note(note_facts("hand_off_offer", case=case(hand_off=offer(CEM)))),
    "question_answered": note(
        note_facts("question", question=question(answer="Yes", answered_by=CEM))
    ),
    "bounced": note(note_facts("returned", args={"by": CLOCK, "origin": "technical"})),
    "arrived_offered": note(note_facts("arrived", case=case(hand_off=offer(CEM)))),
    "returned_directly": note(
        note_facts("returned", args={"by": BEN, "origin": "sales", "why": "no", "direct": True})
    ),
    "outgoing_moved": moved(replace(BRAKED, note=replace(WHY, why="")), 7),
    "epoch": note(note_facts("epoch", case=None, args={"why": RESTORED, "doubted": 3})),
    "set_aside": note(note_facts("set_aside", args={"kind": "clock", "ref": "7F3A"})),
    "rota_hole_without_end": note(note_facts("rota_hole", args={"start": 1795250400})),
    "answered": note(note_facts("answered", question=question(answer="Yes", answered_by=CEM))),
}

MESSAGES: dict[str, Drawn] = {
    **{f"card_{name}": drawn for name, drawn in CARDS.items()},
    **{f"ping_{name}": drawn for name, drawn in PINGS.items()},
    **{f"note_{name}": drawn for name, drawn in NOTED.items()},
    **{f"list_{name}": drawn for name, drawn in LISTS.items()},
    **{f"figures_{name}": drawn for name, drawn in FIGURES.items()},
    **{f"home_{name}": drawn for name, drawn in HOMES.items()},
}
MESSAGES |= {
    **{f"incident_{name}": drawn for name, drawn in (gallery_incidents.notes() | ROLES).items()},
    **{f"list_{name}": drawn for name, drawn in gallery_incidents.lists().items()},
    **{f"digest_{name}": drawn for name, drawn in DIGESTS.items()},
    "note_of_several": note(note_facts("follow_up", is_shared=True)),
    "card_of_incident": card(facts(claimed(), incident=gallery_incidents.incident())),
}
VIEWS: dict[str, Block] = {
    f"form_{name}": form for name, form in (FORMS | gallery_incidents.forms() | OPENED).items()
}
