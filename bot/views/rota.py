"""The rota: who is on, who is next, the week in each reader's own time; and what a change did."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.duty import Stretch
from bot.domain.on_call import Entry, Event, Override, Shift, Swap
from bot.domain.rota_board import WEEK, LevelBoard, Notice, RotaBoard, RotaChange
from bot.domain.setup_rota import days_written, hours_written
from bot.views.blocks import button, context, date, divider, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import Block
from bot.views.phrases import counted, dotted, drawn, joined, moment, name, people, reason, rest

_TOGETHER = 15  # lines of one block
_WEEK_LINES = 30  # for each level
_ENTRIES = 60
_NOBODY = "*nobody*"


def board(shown: RotaBoard) -> Drawn:
    """On duty, next, what is wrong, the week, and the entries by the numbers that remove them."""
    if not shown.entries:
        how = "Add somebody: `/rota add @person mon-fri 09:00-17:00`"
        empty = f"Nobody is on the rota: pings call the whole channel. {how}"
        return drawn("Nobody is on the rota", section(empty))
    title = f"On duty now: {_who(shown.levels[0].now)}"
    return drawn(
        title,
        section("\n".join(_level(one, shown.now) for one in shown.levels)),
        *_wrong(shown),
        divider(),
        *(block for one in shown.levels for block in _week(one)),
        divider(),
        *_entries(shown),
    )


def change(made: RotaChange) -> Drawn:
    """What was done, what it brings with it, how last week had gone, and its *Undo*."""
    undo = button("Undo", Action.UNDO_CHANGE, str(made.number))
    return drawn(
        reason(made.what),
        section(f"*{reason(made.what)}*", undo),
        *(context(f"⚠ {_notice(one)}") for one in made.notices),
        context(_looked_back(made)),
    )


def _level(one: LevelBoard, now: datetime) -> str:
    called = "*On duty now*" if one.level == 1 else f"*Level {one.level}*"
    until = f"until {moment(one.now.end, now)}" if one.next else "all week"
    after = f"then {_who(one.next)}" if one.next else ""
    return dotted(f"{called}: {_who(one.now)} {until}", after)


def _wrong(shown: RotaBoard) -> Iterator[Block]:
    """Holes, people who are gone, and the user group; each with what to do."""
    if shown.holes:
        first = shown.holes[0]
        more = f", and {counted(len(shown.holes) - 1, 'more gap')}" if shown.holes[1:] else ""
        ends = first.end if first.end < shown.now + WEEK else None
        span = _span(first.start, ends)
        yield context(f"⚠ Nobody is on duty {span}{more}. Fill it with `/rota add` or `override`.")
    written = dict.fromkeys(one for entry in shown.entries for one in entry.people)
    gone = [name(one) for one in written if one not in shown.known]
    if gone:
        yield context(f"⚠ Not here any more, so not called: {', '.join(gone)}. Remove the entry.")
    if shown.user_group:
        yield context(f"The user group is not kept: {reason(shown.user_group)}")


def _week(one: LevelBoard) -> list[Block]:
    title = "*The next seven days*" + (f", level {one.level}" if one.level != 1 else "")
    lines = [f"{date(stretch.start)}: {_who(stretch)}" for stretch in one.week[:_WEEK_LINES]]
    more = rest(len(one.week) - len(lines), ". The entries below say when")
    return [*joined([title, *lines], _TOGETHER), *more]


def _entries(shown: RotaBoard) -> list[Block]:
    lines = [
        f"*{number}.* {_entry(entry, shown)}"
        for number, entry in enumerate(shown.entries[:_ENTRIES], start=1)
    ]
    everything = ". `python -m bot config export FOLDER` writes all of them"
    return [
        *joined(["*Entries*", *lines], _TOGETHER),
        *rest(len(shown.entries) - len(lines), everything),
        context("`/rota remove N` takes one off; `/rota help` prints every form."),
    ]


def _entry(entry: Entry, shown: RotaBoard) -> str:
    who = ", ".join(
        user(shown.known[one]) if one in shown.known else name(one) for one in entry.people
    )
    match entry:
        case Shift():
            level = f"level {entry.level}" if entry.level != 1 else ""
            when = f"{days_written(entry.days)} {hours_written(entry)} {name(entry.time_zone)}"
            return dotted(who, when, level)
        case Override():
            level = f"level {entry.level}" if entry.level != 1 else ""
            return dotted(f"{who} covers", _span(entry.start, entry.end), level)
        case Swap():
            return dotted(f"{who} swap", f"shifts that begin on {entry.day}")
        case Event():
            return dotted(f"*{name(entry.name)}*", f"{who} too", _span(entry.start, entry.end))


def _looked_back(made: RotaChange) -> str:
    if made.breaches is None:
        return "It is about days to come, so the last 7 days tell nothing."
    if not made.breaches:
        return "There are no breaches of the last 7 days to tell by."
    told = f"Of {counted(made.breaches, 'breach', 'breaches')} of the last 7 days"
    return f"{told} {made.elsewhere} would have called somebody else."


def _notice(one: Notice) -> str:
    span = f" {_span(one.start, one.end)}" if one.start else ""
    return f"{reason(one.text)}{span}"


def _span(start: datetime, end: datetime | None) -> str:
    return f"from {date(start)} until {date(end)}" if end else f"from {date(start)} on"


def _who(stretch: Stretch) -> str:
    return people(stretch.people) or _NOBODY
