"""The lines about an incident, in its channel, in rapid response or to one person.

INCIDENT_NOTES lists all there are; what each needs beside the facts stands in its `args`.
"""

from collections.abc import Callable, Mapping

from bot.domain.durations import spoken
from bot.domain.ids import MemberId
from bot.domain.incident import Incident, IncidentRole
from bot.domain.incident_facts import Admission, Entry, Happened, IncidentFacts, IncidentNote
from bot.views.blocks import actions, button, context, divider, quote, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.incident import (
    cases_of,
    entry_line,
    facts_card,
    headline,
    last_update,
    roles_of,
    room_of,
    state_of,
    summary_line,
    uninvited,
)
from bot.views.limits import Block
from bot.views.phrases import counted, dated, dotted, drawn, joined, name, people, reason

_TOGETHER = 10
_KEPT = 150  # entries of a summary; the panel shows the rest
_CAUGHT_UP = 15
_FIRST_STEPS = {
    IncidentRole.LEAD: (
        "Read the pinned facts and say in one sentence what we know: *Post update*.",
        "Name a voice and a scribe: *Roles*. You decide; you need not do it all.",
        "Keep the updates coming when they are due; *Stand down* ends it.",
    ),
    IncidentRole.VOICE: (
        "You alone speak for us: to customers, colleagues elsewhere and the press.",
        "Ask the lead what is known for sure, and say no more than that.",
        "Write down what may be said as an update, so that everybody says the same.",
    ),
    IncidentRole.SCRIBE: (
        "Keep the timeline: what was seen, decided, done, and when.",
        "Mark what matters with :pushpin: or *Add to timeline* in its menu.",
        "At the end the summary is made of it; facts only, no blame.",
    ),
}
_FAULTS = {
    "it is archived": "its channel is archived",
    "is_archived": "its channel is archived",
    "restricted_action": "this workspace does not let the desk make private channels",
    "missing_scope": "the desk lacks a scope; `python -m bot check` says which",
}


def incident_note(told: IncidentNote) -> Drawn:
    return INCIDENT_NOTES[told.say](told)


def catch_up(facts: IncidentFacts) -> Drawn:
    """For who comes late: facts, decisions, what is open, what may be said."""
    incident = facts.incident
    decided = [one for one in facts.entries if one.what in _DECISIONS][-_CAUGHT_UP:]
    lines = [entry_line(one) for one in decided]
    voice = user(incident.voice) if incident.voice else "nobody yet, so ask the lead first"
    outside = f"*What may be said*: nothing outside but by the voice ({voice})"
    return drawn(
        f"What you missed: {summary_line(incident)}",
        section(f"*What you missed* · {headline(incident)} · {room_of(incident)}"),
        section(f"{state_of(facts)}\n{roles_of(incident)}"),
        section(last_update(facts)),
        *([section("*Decisions*"), *joined(lines, _TOGETHER)] if lines else []),
        section(f"*Still open*\n{cases_of(facts)}"),
        context(outside),
    )


_DECISIONS = (Happened.UPDATE, Happened.ADDED, Happened.ROLE, Happened.SEVERITY)


def _facts(told: IncidentNote) -> Drawn:
    return facts_card(told.facts)


def _declared(told: IncidentNote) -> Drawn:
    """In rapid response: who is in it meets there."""
    incident = told.facts.incident
    by = user(incident.declared_by)
    words = f"{headline(incident)} declared by {by}"
    return drawn(
        f"{summary_line(incident)} declared",
        section(dotted(words, f"everybody meets in {room_of(incident)}", _called(told))),
        context(state_of(told.facts)),
    )


def _called(told: IncidentNote) -> str:
    """Named, so that their phones buzz."""
    called = told.args.get("called")
    members = [MemberId(str(one)) for one in called] if isinstance(called, list) else []
    if members and told.args.get("calm") is True:
        whom = counted(len(members), "person", "people")
        return f"one of many by the same person, so {whom} asked in without a mention"
    return f"asked in: {people(members)}" if members else "nobody is on duty"


def _update(told: IncidentNote) -> Drawn:
    incident, by = told.facts.incident, user(MemberId(_word(told, "by")))
    due = incident.severity.update_every
    return drawn(
        f"Update: {summary_line(incident)}",
        section(f"*Update* by {by}"),
        quote(_word(told, "text")),
        context(f"The next one is due in {spoken(due)}"),
    )


def _severity(told: IncidentNote) -> Drawn:
    by, due = user(MemberId(_word(told, "by"))), told.facts.incident.severity.update_every
    line = f"*{name(_word(told, 'text'))}* by {by}: updates every {spoken(due)} from now on"
    return drawn(line, section(line))


def _role(told: IncidentNote) -> Drawn:
    """To the person: what to do first."""
    incident, role = told.facts.incident, IncidentRole(_word(told, "role"))
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(_FIRST_STEPS[role], start=1))
    return drawn(
        f"You are the {role}: {summary_line(incident)}",
        section(f"You are the *{role}* of {headline(incident)} in {room_of(incident)}"),
        section(steps),
        context("Not you? `/incident role " + role + " @person` in that channel passes it on."),
    )


def _role_free(told: IncidentNote) -> Drawn:
    """A lead who leaves is missed at once."""
    role, incident = _word(told, "role"), told.facts.incident
    gone = user(MemberId(_word(told, "member")))
    line = f"{gone} left and was the *{role}* of {headline(incident)}. Who takes it?"
    press = button("Take the lead", Action.INCIDENT_TAKE_LEAD, str(incident.id), style="primary")
    free = role == IncidentRole.LEAD and incident.lead is None and incident.is_open
    taken = f"✓ {user(incident.lead)} leads now" if incident.lead else ""
    end = [actions(press)] if free else [context(taken)] if taken else []
    return drawn(f"{summary_line(incident)} has no {role}", section(line), *end)


def _asks_in(told: IncidentNote) -> Drawn:
    """To whoever decides: somebody outside has declared the same."""
    facts, incident = told.facts, told.facts.incident
    asked = next((one for one in facts.admissions if one.id == told.args.get("asked")), None)
    if asked is None:
        return drawn("Decided", section("Decided."))
    who = user(asked.member)
    line = f"{who} also declared {headline(incident)}, and is not in {room_of(incident)}."
    return drawn(
        f"{who} asks to be let in: {summary_line(incident)}",
        section(f"{line} Let {who} in?" if asked.is_open else line),
        context(_brought(incident, asked)),
        *_to_decide(told, asked),
    )


def _brought(incident: Incident, asked: Admission) -> str:
    """What they know that the room may not."""
    called = f"they rate it {asked.severity}" if asked.severity != incident.severity else ""
    cases = ", ".join(f"#{one}" for one in asked.cases[:_TOGETHER])
    more = f" and {len(asked.cases) - _TOGETHER} more" if len(asked.cases) > _TOGETHER else ""
    none = "brings no cases"
    return dotted(called, f"brings {cases}{more}" if asked.cases else none)


def _to_decide(told: IncidentNote, asked: Admission) -> list[Block]:
    incident, lead = told.facts.incident, told.facts.incident.lead
    if asked.decided_by:
        did = "let them in" if asked.is_in else "did not let them in"
        over = asked.decided_at == incident.stood_down_at
        return [context("✓ The incident is over" if over else f"✓ {user(asked.decided_by)} {did}")]
    if lead and told.args.get("to") != f"person:{lead}":
        return [context(f"{user(lead)} leads now and decides")]
    value = str(asked.id)
    yes = button("Let in", Action.INCIDENT_LET_IN, value, style="primary")
    return [actions(yes, button("Not now", Action.INCIDENT_NOT_NOW, value))]


def _let_in(told: IncidentNote) -> Drawn:
    incident = told.facts.incident
    line = f"You can join now: {headline(incident)} in {room_of(incident)}."
    return drawn(f"You can join now: {summary_line(incident)}", section(line))


def _not_let_in(told: IncidentNote) -> Drawn:
    """No more than the title, which they know."""
    incident = told.facts.incident
    did = "You were not let in" if incident.is_open else "It is over now"
    what = name(incident.title)
    more = "If a customer cannot wait, *Escalate* on the case calls rapid response."
    return drawn(f"{did}: {what}", section(f"You declared “{what}”. {did}. {more}"))


def _update_due(told: IncidentNote) -> Drawn:
    incident = told.facts.incident
    last = told.args.get("last") is True
    more = (
        "This is the last reminder: post one, or stand it down."
        if last
        else "Two sentences are enough."
    )
    press = button("Post update", Action.INCIDENT_UPDATE, str(incident.id), style="primary")
    line = f"An update of {headline(incident)} is due in {room_of(incident)}. {more}"
    return drawn(f"An update is due: {summary_line(incident)}", section(line), actions(press))


def _left_out(told: IncidentNote) -> Drawn:
    guests = uninvited(told.facts.left_out)
    line = f"Slack did not let me invite: {guests or 'nobody any more'}. Somebody may add them."
    return drawn(line, section(line))


def _room_fault(told: IncidentNote) -> Drawn:
    why, incident = _word(told, "why"), told.facts.incident
    known = _FAULTS.get(why, why)
    line = f"The channel of {headline(incident)} is not usable: {reason(known)}."
    todo = f"What is said in #{name(incident.name)} waits; `/incident list` shows its state."
    return drawn(f"{summary_line(incident)} has no channel", section(f"{line} {todo}"))


def _summary(told: IncidentNote) -> Drawn:
    """What happened, when, to which cases; no blame."""
    facts, incident = told.facts, told.facts.incident
    entries = facts.entries[:_KEPT]
    rest = len(facts.entries) - len(entries)
    more = [context(f"… and {rest} more; `/incident` here shows the last")] if rest > 0 else []
    return drawn(
        f"Stood down: {summary_line(incident)}",
        section(f"*Stood down* · {headline(incident)}"),
        section(_times(facts)),
        section("*What happened*"),
        quote(incident.summary),
        section(roles_of(incident)),
        section(cases_of(facts)),
        divider(),
        section("*Timeline*"),
        *joined([entry_line(entry) for entry in entries], _TOGETHER),
        *more,
    )


def _times(facts: IncidentFacts) -> str:
    incident = facts.incident
    first = next((one for one in facts.entries if one.what is Happened.UPDATE), None)
    end = incident.stood_down_at or facts.now
    return dotted(
        f"declared {dated(incident.declared_at)}",
        f"first update after {_after(facts, first)}" if first else "no update",
        f"stood down {dated(end)}",
        f"{spoken(end - incident.declared_at)} in all",
    )


def _after(facts: IncidentFacts, entry: Entry) -> str:
    return spoken(entry.at - facts.incident.declared_at)


def _catch_up(told: IncidentNote) -> Drawn:
    return catch_up(told.facts)


INCIDENT_NOTES: Mapping[str, Callable[[IncidentNote], Drawn]] = {
    "facts": _facts,
    "declared": _declared,  # called
    "update": _update,  # text, by
    "severity": _severity,  # text, by
    "role": _role,  # role
    "role_free": _role_free,  # role, member
    "asks_in": _asks_in,  # asked, to
    "let_in": _let_in,
    "not_let_in": _not_let_in,
    "update_due": _update_due,  # last
    "left_out": _left_out,
    "room_fault": _room_fault,  # why
    "catch_up": _catch_up,
    "summary": _summary,
}


def _word(told: IncidentNote, key: str) -> str:
    value = told.args.get(key)
    return value if isinstance(value, str) else ""
