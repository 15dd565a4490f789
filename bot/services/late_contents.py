"""What the list of what is late shows: one line a case, and whom it calls."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.domain.facts import BundleFacts, MovedFacts, PingFacts
from bot.domain.ids import MemberId
from bot.domain.outbox import Message
from bot.services.calls import Call, calls_of, newest_of_each
from bot.services.kernel import Work
from bot.services.links import card_link

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
MOST_LINES = 45  # that one message holds


def late_content(work: Work, message: Message) -> BundleFacts | MovedFacts:
    lines = newest_of_each(calls_of(work, work.tx.calls.lines_of(message.key)))
    called = [ping for key in message.said_together if (ping := work.tx.outbox.get(key))]
    people = _people(called)
    posted_at = message.posted_at or message.created_at
    if not lines:
        return MovedFacts(people, message.listed, posted_at)
    late = [one for one in lines if not one.settled]
    return BundleFacts(
        message.key,
        pings_of(work, lines[:MOST_LINES], None if message.ts else people),
        people,
        calls_everybody=any(not ping.args.get("people") for ping in called),
        late=len(late),
        waiting=sum(one.is_waiting for one in late),
        posted_at=posted_at,
    )


def ping_content(work: Work, message: Message) -> PingFacts | MovedFacts:
    """A ping that an older program said by itself, until its line stands in the list."""
    if message.within:
        return MovedFacts(_people([message]), 1, message.created_at)
    return pings_of(work, calls_of(work, [message]))[0]


def pings_of(
    work: Work, calls: list[Call], calling: tuple[MemberId, ...] | None = None
) -> tuple[PingFacts, ...]:
    """A new message mentions nobody but those it is `calling`; a changed one disturbs nobody."""
    every = work.tx.calls.of_cases([call.case.id for call in calls])
    times = Counter((ping.case, ping.place, ping.args["matter"]) for ping in every)
    return tuple(
        replace(
            _facts(work, call, times[call.case.id, call.ping.place, call.matter]),
            names={} if calling is None else _names(work, call, calling),
        )
        for call in calls
    )


def _facts(work: Work, call: Call, times: int) -> PingFacts:
    case, said = call.case, call.acknowledged
    return PingFacts(
        case=case,
        post=work.first_post(case).post,
        department=work.department_of(case),
        key=call.ping.key,
        people=call.people,
        why=str(call.ping.args.get("why", "")),
        now=work.at,
        run=call.run,
        times=times,
        acknowledged_by=said[0] if said else None,
        acknowledged_at=said[1] if said else None,
        settled=call.settled,
        link=card_link(work, case),
    )


def _names(work: Work, call: Call, calling: Collection[MemberId]) -> dict[MemberId, str]:
    """Who is said by their name alone."""
    others = map(MemberId, _MENTION.findall(str(call.ping.args.get("why", ""))))
    said = call.acknowledged and call.acknowledged[0]
    named = filter(None, [*call.people, call.case.assignee, said, *others])
    return {one: _name(work, one) for one in named if one not in calling}


def _name(work: Work, member: MemberId) -> str:
    person = work.tx.people.get(member)
    return person.name if person else member


def _people(pings: Iterable[Message]) -> tuple[MemberId, ...]:
    named: dict[MemberId, None] = {}
    for ping in pings:
        people = ping.args.get("people", [])
        assert isinstance(people, list)
        named |= dict.fromkeys(map(MemberId, people))
    return tuple(named)
