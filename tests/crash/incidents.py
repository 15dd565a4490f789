"""What must hold of incidents after whatever end: one channel, furnished; everything told once."""

from collections import Counter
from collections.abc import Iterable

from bot.domain.facts import CardFacts
from bot.domain.ids import IncidentId
from bot.domain.incident import Incident, IncidentRole
from bot.domain.incident_facts import Happened, IncidentFacts, IncidentNote
from bot.services.incident_contents import banner_of, facts_of
from bot.services.kernel import Work
from bot.services.rooms import topic_of
from tests.crash.world import World

Words = Counter[tuple[str, str, str]]
ONCE = {Happened.DECLARED, Happened.ROOM, Happened.STOOD_DOWN}


def faults_of_incidents(world: World) -> Iterable[str]:
    with world.desk.kernel.look() as work:
        incidents = [work.tx.incidents.get(number) for number in _numbers(world)]
        yield from _channels(world, incidents)
        for incident in incidents:
            yield from _furnished(world, work, incident)
            yield from _told(world, work, incident)
        yield from _shown(world, work)


def picture_of_incidents(world: World) -> dict[str, tuple[object, ...]]:
    """What happened in each and who was told what; when is left out, an end may delay it."""
    with world.desk.kernel.look() as work:
        return {
            f"incident {number}": _picture(world, work, work.tx.incidents.get(number))
            for number in _numbers(world)
        }


def _picture(world: World, work: Work, incident: Incident) -> tuple[object, ...]:
    entries = work.tx.incidents.entries(incident.id)
    return (
        incident.severity, incident.state, [incident.who(role) for role in IncidentRole],
        incident.name, incident.last_update, incident.reminded, incident.summary,
        work.tx.incidents.cases(incident.id), work.tx.rooms.guests(incident.id),
        sorted(world.halls.members.get(incident.channel, ()) if incident.channel else ()),
        sorted((one.what, one.by, one.text or "", one.message or "") for one in entries),
        sorted(_words(world, work, incident.id).items()),
    )  # fmt: skip


def _channels(world: World, incidents: list[Incident]) -> Iterable[str]:
    """Of all that were ever opened each is one incident's, and each incident has one."""
    made = sorted(seen.id for seen in world.halls.made.values())
    theirs = sorted(str(incident.channel) for incident in incidents)
    if made != theirs:
        yield f"opened were {made}, the incidents have {theirs}"


def _furnished(world: World, work: Work, incident: Incident) -> Iterable[str]:
    """Everybody is in or named as left out, the topic is today's, the facts are pinned once."""
    if incident.channel is None:
        return
    halls, channel = world.halls, incident.channel
    there = halls.members.get(channel, set())
    for guest in work.tx.rooms.guests(incident.id):
        if (guest.member in there) == bool(guest.fault) or guest.is_in == bool(guest.fault):
            yield f"{incident.name}: {guest}, in it are {sorted(there)}"
    if halls.topics.get(channel) != topic_of(incident):
        yield f"{incident.name} is called {halls.topics.get(channel)}"
    pins = [ts for where, ts in halls.pins if where == channel]
    stand = [one.ts for one in world.room.of(f"facts:{incident.id}")]
    if pins != stand or len(stand) != 1:
        yield f"{incident.name}: pinned are {pins}, the facts stand at {stand}"


def _told(world: World, work: Work, incident: Incident) -> Iterable[str]:
    """Each turn of the story once, the summary once, and each role to who has it."""
    entries = work.tx.incidents.entries(incident.id)
    happened = Counter(one.what for one in entries)
    yield from (f"{incident.name} was {what} {happened[what]} times"
                for what in ONCE if happened[what] > 1)  # fmt: skip
    picked = Counter(one.message for one in entries if one.message)
    yield from (f"{message} was picked {n} times" for message, n in picked.items() if n > 1)
    words = _words(world, work, incident.id)
    if sum(n for (say, *_), n in words.items() if say == "summary") != (not incident.is_open):
        yield f"{incident.name} is {incident.state}, and its summary is not like that"
    for role in IncidentRole:
        holder = incident.who(role)
        if holder and words["role", f"person:{holder}", role] != 1:
            yield f"{holder} is {role} of {incident.name} and was not told once"


def _shown(world: World, work: Work) -> Iterable[str]:
    """Facts and banners, as people see them, say what is so."""
    for one in world.room.standing:
        content = one.content
        if isinstance(content, CardFacts):
            now = banner_of(work, content.case.id)
            if _banner(content.incident) != _banner(now):
                yield f"{one.key} says {_banner(content.incident)}, it is {_banner(now)}"
        if isinstance(content, IncidentNote) and content.say in ("facts", "declared"):
            newest = facts_of(work, work.tx.incidents.get(content.facts.incident.id))
            if newest.incident.is_open and _seen(content.facts) != _seen(newest):
                yield f"{one.key} says {_seen(content.facts)}, it is {_seen(newest)}"


def _banner(incident: Incident | None) -> tuple[object, ...]:
    return (incident.title, incident.severity, incident.channel) if incident else ()


def _seen(facts: IncidentFacts) -> tuple[object, ...]:
    return facts.incident, facts.cases, facts.left_out


def _words(world: World, work: Work, number: IncidentId) -> Words:
    """What was said of it, where, and of which role."""
    rows = world.desk.db.rows("select key from outbox where kind = 'incident'")
    told = filter(None, (work.tx.outbox.get(row["key"]) for row in rows))
    return Counter(
        (str(one.args["say"]), one.place, str(one.args.get("role", "")))
        for one in told
        if one.args["incident"] == number
    )


def _numbers(world: World) -> list[IncidentId]:
    rows = world.desk.db.rows("select id from incidents order by id")
    return [IncidentId(row["id"]) for row in rows]
