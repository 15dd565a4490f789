"""An incident as people see it: the pinned facts, the panel behind `/incident`, the list."""

from collections.abc import Sequence

from bot.domain.durations import spoken
from bot.domain.incident import Incident, IncidentRole
from bot.domain.incident_facts import Entry, Guest, Happened, IncidentFacts, LinkedCase
from bot.views import inert
from bot.views.blocks import actions, button, context, divider, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import (
    clock_time,
    counted,
    dated,
    dotted,
    drawn,
    joined,
    moment,
    name,
    opened,
    reason,
    rest,
    said,
)

_TITLE = 120
_LISTED = 20  # cases that are named; the others are counted
_TOGETHER = 10
_NOBODY = {
    IncidentRole.LEAD: "nobody yet: *Roles*",
    IncidentRole.VOICE: "nobody yet",
    IncidentRole.SCRIBE: "nobody yet",
}
_UNINVITED = {
    "user_not_found": "no longer here",
    "user_disabled": "no longer here",
    "user_is_restricted": "a guest",
    "cant_invite": "Slack does not allow it",
    "org_user_not_in_team": "of another workspace",
}


def facts_card(facts: IncidentFacts) -> Drawn:
    """Pinned in the channel, and always how it stands now."""
    incident = facts.incident
    return drawn(
        summary_line(incident),
        section(headline(incident)),
        section(state_of(facts)),
        section(roles_of(incident)),
        section(cases_of(facts)),
        section(last_update(facts)),
        *_left_out(facts.left_out),
        *_buttons(incident),
    )


def panel(facts: IncidentFacts) -> Drawn:
    """The same with its timeline, for the one who asked."""
    card = facts_card(facts)
    lines = [entry_line(entry) for entry in facts.entries[-_LISTED * 2 :]]
    earlier = rest(
        len(facts.entries) - len(lines), " earlier. The summary at the end has the first 150"
    )
    timeline = [divider(), section("*Timeline*"), *earlier, *joined(lines, _TOGETHER)]
    timeline = timeline if lines else []
    return drawn(card.text, *card.blocks, *timeline)


def incidents(all_of_them: Sequence[IncidentFacts], more: int = 0) -> Drawn:
    """The open ones first."""
    if not all_of_them:
        how = 'Declare one with `/incident declare "TITLE"`, or from *Escalate* on a card.'
        return drawn("No incidents", section(f"There are no incidents. {how}"))
    still = sum(one.incident.is_open for one in all_of_them)
    lines = [_listed(one) for one in all_of_them]
    head = f"*{counted(still, 'open incident')}*"
    others = rest(more, " that ended before. Their channels have the summaries")
    return drawn(counted(still, "open incident"), section(head), *joined(lines, _TOGETHER), *others)


def asked_about() -> Drawn:
    """For who declared what others have declared, and is not in it: not even whose it is."""
    known = "This is open already, and you are not in it."
    line = f"{known} A request to let you in was sent; you will hear what is decided."
    return drawn(line, section(line))


def headline(incident: Incident) -> str:
    return f"*{incident.severity}* · *{inert.plain(inert.one_line(incident.title, _TITLE))}*"


def summary_line(incident: Incident) -> str:
    return f"{incident.severity} {inert.plain(inert.one_line(incident.title, _TITLE))}"


def room_of(incident: Incident) -> str:
    """A link for those who are in it; until it stands, the name it will have."""
    return f"<#{incident.channel}>" if incident.channel else f"#{name(incident.name)}"


def state_of(facts: IncidentFacts) -> str:
    incident = facts.incident
    began = f"declared by {user(incident.declared_by)} {moment(incident.declared_at, facts.now)}"
    if incident.stood_down_at and incident.stood_down_by:
        took = spoken(incident.stood_down_at - incident.declared_at)
        return dotted("✓ *Stood down*", f"by {user(incident.stood_down_by)} after {took}", began)
    return dotted("● *Open*", began)


def roles_of(incident: Incident) -> str:
    return dotted(*(f"*{role.title()}*: {_holder(incident, role)}" for role in IncidentRole))


def cases_of(facts: IncidentFacts) -> str:
    """How many there are and how far, then their numbers."""
    cases = facts.cases
    if not cases:
        return "*Cases*: none linked yet"
    still = [one for one in cases if one.is_open]
    waiting = sum(not one.is_answered for one in still)
    figures = dotted(
        counted(len(cases), "case"),
        f"{waiting} not answered",
        f"{len(still) - waiting} answered",
        f"{len(cases) - len(still)} closed",
    )
    more = f" and {len(cases) - _LISTED} more" if len(cases) > _LISTED else ""
    return f"*Cases*: {figures}\n{', '.join(_number(one) for one in cases[:_LISTED])}{more}"


def last_update(facts: IncidentFacts) -> str:
    incident = facts.incident
    said_so = "*Last update*: none yet"
    if incident.updated_by and incident.updated_at:
        when = moment(incident.updated_at, facts.now)
        said_so = f"*Last update* {when}, {user(incident.updated_by)}: {said(incident.last_update)}"
    if incident.update_due is None or not incident.is_open:
        return said_so
    verb = "due" if incident.update_due > facts.now else "was due"
    return dotted(said_so, f"*next one* {verb} {moment(incident.update_due, facts.now)}")


def entry_line(entry: Entry) -> str:
    """One line of the timeline."""
    return f"{dated(entry.at)} · {_told(entry)}"


def _told(entry: Entry) -> str:
    text, by = entry.text or "", user(entry.by)
    match entry.what:
        case Happened.DECLARED:
            return f"declared by {by}: {said(text)}"
        case Happened.ROOM:
            return f"channel opened: #{name(text)}"
        case Happened.UPDATE | Happened.ADDED:
            return f"{by}: {said(text)}" if text else f"{by} marked a message"
        case Happened.STOOD_DOWN:
            return f"stood down by {by}"
        case Happened.REMINDED:
            return f"an update was due: {reason(text)} asked"
        case Happened.LEAD_LEFT:
            return reason(text)
        case _:
            return dotted(f"{entry.what}: {reason(text)}", f"by {by}")


def _holder(incident: Incident, role: IncidentRole) -> str:
    holder = incident.who(role)
    return user(holder) if holder else _NOBODY[role]


def _number(linked: LinkedCase) -> str:
    number = f"#{linked.case}"
    told = opened(linked.link, number) if linked.link else number
    return told if linked.is_open else f"{told} ✓"


def uninvited(guests: tuple[Guest, ...]) -> str:
    """Who, and why, in words where the desk has some."""
    return ", ".join(f"{user(one.member)} ({_why(one.fault or '')})" for one in guests)


def _why(fault: str) -> str:
    return _UNINVITED.get(fault) or name(fault.replace("_", " "))


def _left_out(guests: tuple[Guest, ...]) -> list[Block]:
    """Nobody is missing in silence."""
    if not guests:
        return []
    return [context(f"Could not be invited: {uninvited(guests)}. Somebody here may add them.")]


def _buttons(incident: Incident) -> list[Block]:
    if not incident.is_open:
        return []
    value = str(incident.id)
    return [
        actions(
            button("Post update", Action.INCIDENT_UPDATE, value, style="primary"),
            button("Roles", Action.INCIDENT_ROLE, value),
            button("Link case", Action.INCIDENT_LINK, value),
            button("Severity", Action.INCIDENT_SEVERITY, value),
            button("Catch up", Action.INCIDENT_CATCH_UP, value),
            button("Stand down", Action.INCIDENT_STAND_DOWN, value),
        )
    ]


def _listed(facts: IncidentFacts) -> str:
    incident = facts.incident
    if incident.stood_down_at:
        when = moment(incident.stood_down_at, facts.now)
        return dotted(headline(incident), room_of(incident), f"✓ stood down {when}")
    lead = user(incident.lead) if incident.lead else "no lead"
    due = incident.update_due
    owed = f"update due {clock_time(due)}" if due else ""
    number = counted(len(facts.cases), "case")
    return dotted(headline(incident), room_of(incident), f"lead: {lead}", number, owed)
