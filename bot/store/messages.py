"""A message as a row of the outbox: how an effect becomes one, and how it is read again."""

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Message, MessageState
from bot.store.database import Row
from bot.store.times import from_json, moment, moment_or_none, stamp, to_json

_ABOVE_STANDS = """exists (select 1 from outbox above
    where above.key = cast(:thread as text) and above.ts is not null)"""
# Just after the desk went back in time, what it says for the first time may stand already.
_INSERT = f"""
insert into outbox (key, kind, place, thread, lane, case_id, args, wanted, shown, state, due_at,
    tries, created_at, started_at, looks, waits)
select :key, :kind, :place, :thread, :lane, :case, :args, 1, 0,
    case when backup is null then 'queued' else 'unknown' end, :due, 0, :at, backup,
    case when backup is null then 0 else 2 end,
    case when cast(:thread as text) is null or {_ABOVE_STANDS} then 0 else 1 end
from (select max(backup_at) as backup from epochs where looks_until > :at) as epoch where true
on conflict (key) """

# What was never said moves up with its urgency, unless it is a line of a digest already and not
# urgent; a change of what stands has its own lane, or the one of pings or of what is urgent.
_LANE = f"""case
    when outbox.ts is null and excluded.lane < outbox.lane
        and (outbox.within is null or excluded.lane <= {Lane.URGENT}) then excluded.lane
    when outbox.ts is null or outbox.lane = {Lane.PING} then outbox.lane
    when excluded.lane <= {Lane.URGENT} then {Lane.URGENT}
    when outbox.lane = {Lane.URGENT} and outbox.state = 'queued' then {Lane.URGENT}
    else {Lane.UPDATE} end"""
REVISE = f"""{_INSERT} do update set wanted = outbox.wanted + 1, args = excluded.args,
    lane = {_LANE},
    due_at = case when outbox.state in ('shown', 'dead') then excluded.due_at
                  else outbox.due_at end,
    state = case when outbox.state in ('shown', 'dead') then 'queued' else outbox.state end"""
ONCE = f"{_INSERT} do nothing"

# Whatever says the message together with others is drawn anew: a digest after a while, since many
# of its lines change. One that people did not want any more stays away.
REDRAW_WHAT_SAYS_IT = f"""update outbox set wanted = wanted + 1,
    lane = case when kind = '{Kind.DIGEST}' and ts is not null then {Lane.NOTE} else lane end,
    due_at = case when state not in ('shown', 'dead') then due_at
                  when kind = '{Kind.DIGEST}' then :later else :at end,
    state = case when state in ('shown', 'dead') then 'queued' else state end
where key = (select said.within from outbox said where said.key = :key)
    and not (kind = '{Kind.DIGEST}' and state = 'dead')"""


def effect_row(effect: Effect, now: int) -> dict[str, object]:
    return {
        "key": effect.key,
        "kind": effect.kind,
        "place": effect.place,
        "thread": effect.thread,
        "lane": int(effect.lane),
        "case": effect.case,
        "args": to_json(effect.args),
        "due": stamp(effect.not_before) if effect.not_before else now,
        "at": now,
        "revise": effect.revise,
    }


def message_from_row(row: Row) -> Message:
    return Message(
        key=row["key"],
        kind=Kind(row["kind"]),
        place=row["place"],
        thread=row["thread"],
        lane=Lane(row["lane"]),
        case=CaseId(row["case_id"]) if row["case_id"] else None,
        args=from_json(row["args"]),
        wanted=row["wanted"],
        shown=row["shown"],
        state=MessageState(row["state"]),
        due_at=moment(row["due_at"]),
        tries=row["tries"],
        created_at=moment(row["created_at"]),
        started_at=moment_or_none(row["started_at"]),
        attempt=row["attempt"],
        channel=ChannelId(row["channel"]) if row["channel"] else None,
        ts=row["ts"],
        error=row["error"],
        looks=row["looks"],
        reposts=row["reposts"],
        within=row["within"],
    )
