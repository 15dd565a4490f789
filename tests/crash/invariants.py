"""What must hold after whatever end, once the desk has come to rest: I1 to I7 and I14.

What must hold of incidents stands in `incidents.py`.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.effects import Kind
from bot.domain.facts import BundleFacts, CardFacts, DigestFacts, WarningsFacts
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.outbox import Message, MessageState
from bot.domain.reply import Reply, ReplyState
from bot.domain.timeline import What
from bot.store.within import Within
from tests.crash.incidents import faults_of_incidents, picture_of_incidents
from tests.crash.legal import faults_of_timeline
from tests.crash.world import World

FINAL = {ReplyState.SENT, ReplyState.DROPPED, ReplyState.REJECTED, ReplyState.HELD}
LATE = timedelta(seconds=60)
Picture = dict[str, tuple[object, ...]]  # by what it is of


def faults_of(world: World, quiet: Picture) -> list[str]:
    """`quiet` is how the same story ended in peace."""
    return [
        *_lost_posts(world),
        *_messages(world),
        *_replies(world),
        *_clocks(world),
        *_transitions(world),
        *faults_of_incidents(world),
        *_against(quiet, picture(world)),
        *_database(world),
    ]


def picture(world: World) -> Picture:
    """What happened to each case, but for its replies, which an end may hide; each incident too."""
    with world.desk.reading() as tx:
        cases: Picture = {
            f"#{case.id}": (
                case.department, case.assignee, case.is_open,
                [event.what for event in tx.timeline.of_case(case.id)
                 if event.what is not What.REPLY],
                sorted(m.key.split(":")[-1] for m in tx.outbox.of_case(case.id, Kind.PING)),
            )
            for case in tx.cases.page(below=None, within=_all(world))
        }  # fmt: skip
    return {**cases, **picture_of_incidents(world)}


def _all(world: World) -> Within:
    rows = world.desk.db.rows("select distinct department from cases")
    return Within([DepartmentKey(row["department"]) for row in rows], open_only=False)


def _against(quiet: Picture, now: Picture) -> Iterable[str]:
    if not quiet:
        return
    for thing in sorted(quiet.keys() | now.keys()):
        if quiet.get(thing) != now.get(thing):
            yield f"{thing} is {now.get(thing)}, in peace it was {quiet.get(thing)}"


def _lost_posts(world: World) -> Iterable[str]:
    """I1, I2: what was acknowledged is kept, and is exactly one case or belongs to one."""
    rows = world.desk.db.rows("select key, case_id from posts")
    belongs = {row["key"]: row["case_id"] for row in rows}
    yield from (f"lost: {key}" for key in world.sent if belongs.get(key) is None)
    opened = Counter(row["post"] for row in world.desk.db.rows("select post from cases"))
    yield from (f"{count} cases of {post}" for post, count in opened.items() if count > 1)
    conversations = {post.conversation for post in world.sent.values()}
    if len(conversations) != sum(opened.values()):
        yield f"{sum(opened.values())} cases of {len(conversations)} conversations"


def _messages(world: World) -> Iterable[str]:
    """I3: each message of the desk stands exactly once, at its latest, and no other does."""
    rows = world.desk.db.rows("select key from outbox")
    for message in (world.desk.outbox(row["key"]) for row in rows):
        assert message is not None
        if message.state is MessageState.BUNDLED:
            yield from _line(world, message)
            continue
        if message.state is not MessageState.SHOWN or message.wanted != message.shown:
            yield f"{message.key} is {message.state}, {message.shown} of {message.wanted}"
        standing = world.room.of(message.key)
        if len(standing) != 1:
            yield f"{len(standing)} live messages of {message.key}"
            continue
        content = standing[0].content
        if isinstance(content, CardFacts):
            newest = world.desk.case(content.case.id)
            if content.case.version != newest.version:
                yield f"{message.key} shows {content.case.version} of {newest.version}"
        if (message.channel, message.ts) != (standing[0].channel, standing[0].ts):
            yield f"{message.key} is not where the desk believes it"
    known = {row["key"] for row in rows}
    yield from (f"a stray {key}" for key in world.room.stands() if key not in known)


def _line(world: World, message: Message) -> Iterable[str]:
    """Said by the message that it names, at its latest, and by nothing else."""
    if world.room.of(message.key):
        yield f"{message.key} is a line, and stands by itself"
    assert message.case is not None
    for said in world.room.of(str(message.within)):
        shown, newest = _shown_and_newest(world, message, message.case, said.content)
        if shown != newest:
            yield f"{said.key} shows {shown} of {newest} of #{message.case}"


def _shown_and_newest(
    world: World, message: Message, case: CaseId, content: object
) -> tuple[object, object]:
    """What its line says that may change: of a card the version, of a ping who acknowledged it."""
    match content:
        case DigestFacts():
            shown = {line.case.id: line.case.version for line in content.lines}
            return shown.get(case), world.desk.case(case).version
        case BundleFacts():
            line = next((one for one in content.pings if one.case.id == case), None)
            if line is None:
                return "nothing", "one line of the case"
            matter = line.key.split(":", 2)[2].rpartition(":")[0]
            with world.desk.reading() as tx:
                kept = tx.acknowledgements.get(case, matter)
            return line.acknowledged_by, kept[0] if kept else None
        case WarningsFacts():
            return [one.case.id for one in content.warnings].count(case), 1
    raise AssertionError(f"{message.key} is no line of such a message")


def _replies(world: World) -> Iterable[str]:
    """I4, I5: visible at most once, as approved; each decided, or shown to a person."""
    visible = Counter(reply.key for reply, _ in world.public.said)
    replies = _kept_replies(world)
    for key, reply in replies.items():
        if visible[key] > 1 or (reply.state is ReplyState.SENT) != (visible[key] == 1):
            yield f"{key} is {reply.state} and visible {visible[key]} times"
        if reply.state not in FINAL:
            yield f"{key} is left {reply.state}"
    for said, post in world.public.said:
        known = replies.get(said.key)
        if known is None or (known.text, known.post) != (said.text, post.key):
            yield f"{said.key} was published and not approved like that"
    yield from _approvals(world, [reply.text for reply in replies.values()])


def _kept_replies(world: World) -> dict[str, Reply]:
    with world.desk.reading() as tx:
        rows = world.desk.db.rows("select key from replies")
        return {row["key"]: tx.replies.get(row["key"]) for row in rows}


def _approvals(world: World, texts: list[str]) -> Iterable[str]:
    """Each form one reply; what nobody knows stood in a thread for a person to decide."""
    for text in world.approved.values():
        if texts.count(text) != 1:
            yield f"{texts.count(text)} replies of one form: {text}"
    said = [str(one.content) for one in world.room.standing]
    for key in world.decided:
        if not any("reply_unknown" in one and key in one for one in said):
            yield f"nobody was told that {key} is unknown"


def _clocks(world: World) -> Iterable[str]:
    """I6: never before it is due, at most a minute late while the desk lives; nothing overdue."""
    for case in [row["id"] for row in world.desk.db.rows("select id from cases")]:
        with world.desk.reading() as tx:
            runs = tx.promises.of_case(case)
            overdue = [one.name for one in tx.timers.of_case(case) if one.due_at <= world.now]
        yield from (f"#{case}: {name} was never rung" for name in overdue)
        for run in runs:
            if run.breached_at and run.due_at:
                yield from _lateness(case, run.due_at, run.breached_at)


def _lateness(case: int, due: datetime, came: datetime) -> Iterable[str]:
    if not timedelta(0) <= came - due <= LATE:
        yield f"#{case} broke its promise {came - due} after it was due"


def _transitions(world: World) -> Iterable[str]:
    """I7: only legal ones, one entry for each, and a version that grows with them."""
    for row in world.desk.db.rows("select id, version from cases"):
        events = world.desk.timeline(row["id"])
        yield from faults_of_timeline(row["id"], events)
        sent = sum(event.data.get("state") == ReplyState.SENT for event in events)
        if not 1 <= row["version"] <= len(events) + sent:  # answered, and shown to be
            yield f"#{row['id']} is at version {row['version']} with {len(events)} entries"


def _database(world: World) -> Iterable[str]:
    """I14."""
    [integrity] = world.desk.db.rows("pragma integrity_check")
    if integrity["integrity_check"] != "ok":
        yield f"integrity: {integrity['integrity_check']}"
    yield from (f"foreign key: {tuple(row)}" for row in
                world.desk.db.rows("pragma foreign_key_check"))  # fmt: skip
