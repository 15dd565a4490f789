"""The digest of a storm in each of its states, and a case as it is opened from one."""

from dataclasses import replace

from bot.domain.ask import Ask
from bot.domain.boards import CaseBoard
from bot.domain.case import Case, Outcome
from bot.domain.facts import CardFacts, DigestFacts, DigestLine
from bot.domain.ids import TRIAGE, CaseId
from bot.domain.post import Author, Post, Priority
from bot.domain.storm import MOST_LINES
from bot.views.digest import digest
from bot.views.drawn import Drawn
from bot.views.limits import Block
from bot.views.more_form import case_form
from tests.views.made import (
    ANN,
    CEM,
    DEPARTMENTS,
    LINK,
    NOW,
    SALES,
    SERVICE,
    ago,
    case,
    closed,
    facts,
    offer,
    post,
)
from tests.views.shown import EVENTS

ASH = (
    "Stuck in Leeds since the ash cloud, nobody answers the phone. What now?",
    "Flight NW 204 tomorrow: does it go?",
    "My mother is alone at gate B12, 81 years old, and speaks only Turkish 😟",
    "",
)


def normal(number: int = 1042, **changes: object) -> Case:
    return case(id=CaseId(number), priority=Priority.NORMAL, **changes)


def line(of: Case, words: str = ASH[0], **changes: object) -> DigestLine:
    made = DigestLine(of, post(words), "en", DEPARTMENTS[0], SERVICE)
    return replace(made, **changes)


def many(count: int = MOST_LINES, written: Post | None = None) -> tuple[DigestLine, ...]:
    texts = [ASH[number % len(ASH)] for number in range(count)]
    return tuple(
        line(normal(1042 + number), post=written or post(text, author=Author(f"@jane{number}")))
        for number, text in enumerate(texts)
    )


TAKEN = (
    line(normal(1042)),
    line(normal(1043, assignee=ANN, claimed_at=ago(2)), ASH[1], link=LINK),
    line(replace(closed(Outcome.SOLVED), id=CaseId(1044), priority=Priority.LOW), ASH[2]),
    line(replace(closed(Outcome.NO_REPLY), id=CaseId(1045)), ASH[3], language=None),
    line(case(id=CaseId(1046), priority=Priority.HIGH), "@here *free* <https://spam.example|win>"),
    line(normal(1047, department=SALES, hand_off=offer(CEM)), owner=DEPARTMENTS[1]),
)
FOLLOWED = (
    line(normal(1042), shown_in=SALES, ask=Ask(CaseId(1042), SALES, "Follow up the lead")),
    line(normal(1043), shown_in=SALES, ask=Ask(CaseId(1043), SALES, "", CEM, NOW)),
    line(
        normal(1044, assignee=ANN),
        shown_in=SALES,
        ask=Ask(CaseId(1044), SALES, ""),
    ),
)


def opened(card: CardFacts) -> Block:
    return case_form(CaseBoard(card, (card.post,), (), (), EVENTS))


DIGESTS: dict[str, Drawn] = {
    "two": digest(DigestFacts(many(2), 0, is_on=True)),
    "full": digest(DigestFacts(many(), 31, is_on=True)),
    "taken": digest(DigestFacts(TAKEN, 3, is_on=True)),
    "over": digest(DigestFacts(TAKEN, 0, is_on=False)),
    "all_taken": digest(DigestFacts(TAKEN[1:4], 0, is_on=False)),
    "followers": digest(DigestFacts(FOLLOWED, 0, is_on=True)),
}
OPENED: dict[str, Block] = {
    "opened_case": opened(facts(normal())),
    "opened_claimed": opened(facts(normal(assignee=ANN))),
    "opened_closed": opened(facts(closed(Outcome.NO_REPLY))),
    "opened_in_triage": opened(
        facts(
            normal(department=TRIAGE),
            shown_in=TRIAGE,
            department=replace(DEPARTMENTS[0], key=TRIAGE, name="Triage"),
            choices=DEPARTMENTS,
        )
    ),
    "opened_by_follower": opened(
        facts(normal(), shown_in=SALES, asks=(Ask(CaseId(1042), SALES, "Follow up the lead"),))
    ),
}


def spoiled(written: Post, text: str) -> Drawn:
    """With the same words wherever foreign ones can stand."""
    free = line(normal(), post=written, language=text[:30])
    taken = replace(free, case=normal(assignee=ANN), owner=replace(DEPARTMENTS[0], name=text))
    return digest(DigestFacts((free, taken, *many(46, written)), 3, is_on=True))
