"""Lists of the desk itself: departments, members, changes, set-up, help."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Protocol

from bot.domain.accounts import WEBHOOK, Account, Accounts, Door
from bot.domain.boards import MembersBoard, Step
from bot.domain.department import Department, Role
from bot.domain.ids import MemberId
from bot.views import inert
from bot.views.blocks import button, context, section, user
from bot.views.drawn import Drawn
from bot.views.ids import Action
from bot.views.limits import MESSAGE_BLOCKS, Block
from bot.views.phrases import counted, dotted, drawn, joined, moment, name, reason, rest

_TOGETHER = 15  # lines of one block


class Change(Protocol):
    """One change of the rules, as the desk keeps it."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> MemberId: ...
    @property
    def what(self) -> str: ...
    @property
    def undone_by(self) -> MemberId | None: ...


def departments(all_of_them: Sequence[Department], now: datetime) -> Drawn:
    """Who there is, where, and whether they are there now."""
    if not all_of_them:
        how = "Add one: `/desk department add sales #care-sales Sales`"
        return drawn("No departments yet", section(f"There are no departments yet. {how}"))
    lines = [_department(one, now) for one in all_of_them]
    return drawn(
        counted(len(lines), "department"), section("*Departments*"), *joined(lines, _TOGETHER)
    )


def all_members(boards: Sequence[MembersBoard]) -> Drawn:
    """Department by department, as many as one message holds whole."""
    drawn_ones = [members(one) for one in boards]
    room = accumulate(len(one.blocks) for one in drawn_ones)
    shown = [one for one, used in zip(drawn_ones, room, strict=True) if used < MESSAGE_BLOCKS]
    more = rest(len(boards) - len(shown), ". `/desk members DEPARTMENT` shows one of them")
    blocks = [block for one in shown for block in one.blocks]
    return drawn(counted(len(boards), "department"), *blocks, *more)


def members(board: MembersBoard) -> Drawn:
    """Who works in a department's channel, as what, and who may publish for it."""
    if not board.department.channel:
        return _approvers(board)
    title = f"*{name(board.department.name)}* in {name(board.department.channel)}"
    if board.channel_private is None:
        lost = "has no channel. Start the desk again, it makes one."
        return drawn("There is no channel", section(f"{title} {lost}"))
    if not board.members:
        how = "Invite people to the channel; until then its cards go to triage."
        return drawn("Nobody is there", section(f"{title}: nobody is there yet. {how}"))
    rule = "all of them publish" if board.channel_private else "only those named publish"
    kind = "a private channel" if board.channel_private else "a public channel"
    lines = [_member(member, role, board) for member, role in board.members]
    head = section(f"{title}: {kind}, {rule}")
    end = [] if board.may_act else [context(_nobody_acts(board.department))]
    return drawn(counted(len(lines), "member"), head, *joined(lines, _TOGETHER), *end)


def _approvers(board: MembersBoard) -> Drawn:
    """A department without a channel: its people are those who are named."""
    title = f"*{name(board.department.name)}* approves and needs no channel"
    if not board.members:
        how = f"Name somebody: `/desk member add @person {name(board.department.key)}`"
        return drawn("Nobody is named", section(f"{title}. Nobody is named yet. {how}"))
    lines = [_member(member, role, board) for member, role in board.members]
    return drawn(counted(len(lines), "member"), section(title), *joined(lines, _TOGETHER))


def _member(member: MemberId, role: Role | None, board: MembersBoard) -> str:
    reads = "" if member in board.may_publish else "reads along"
    return dotted(user(member), str(role or ""), reads)


def _nobody_acts(department: Department) -> str:
    how = f"`/desk member add @person {name(department.key)}`"
    return f"⚠ Nobody here may act, so its cards go to triage. Guests need naming: {how}"


def changes(newest_first: Sequence[Change], now: datetime, more: int = 0) -> Drawn:
    """Who changed what, each with *Undo*."""
    if not newest_first:
        return drawn(
            "No changes yet", section("Nothing was changed yet; all is as it was shipped.")
        )
    lines = [_change(change, now) for change in newest_first]
    older = rest(more, f". `/desk changes {newest_first[-1].id}` shows those before")
    return drawn("Changes", section("*Changes*, the newest first"), *lines, *older)


def setup_steps(steps: Sequence[Step]) -> Drawn:
    """What is ready, and what to do about the rest."""
    done = sum(step.done for step in steps)
    title = f"Set-up {done} of {len(steps)}"
    end = [context("All is ready.")] if done == len(steps) else []
    return drawn(
        title, section(f"*{title}*"), *joined([_step(step) for step in steps], _TOGETHER), *end
    )


def networks(seen: Sequence[tuple[str, str]], ours: Accounts) -> Drawn:
    """Where posts came from, which accounts are ours, and the doors, with what is missing."""
    came = [f"• {name(network)}: {name(count)}" for network, count in seen]
    nothing = "No post has come in yet. `python -m bot check` says why."
    accounts = [_account(one, ours) for one in ours.accounts] or [
        "None is named in `networks.toml`: only the account that a post was written to is ours."
    ]
    return drawn(
        "Networks",
        section("*Posts came from*"),
        *joined(came or [nothing], _TOGETHER),
        section("*Our accounts*"),
        *joined(accounts, _TOGETHER),
        section("*Doors for posts*"),
        *joined([_door(one, ours) for one in ours.doors], _TOGETHER),
    )


def help_of(commands: Sequence[tuple[str, str]]) -> Drawn:
    """Usage and meaning, one line for each form of a command."""
    lines = [f"`{inert.escape(usage)}` {inert.escape(meaning)}" for usage, meaning in commands]
    end = context(
        "Everything here has a button too: on the card, and behind *More*.",
        "Samepage reads no direct messages. Type in a channel; inside a thread, mention it.",
    )
    return drawn(
        "What you can type", section("*What you can type*"), *joined(lines, _TOGETHER), end
    )


def _department(department: Department, now: datetime) -> str:
    calendar = department.calendar
    hours = "round the clock" if calendar.week is None else "open now"
    if not calendar.is_open(now):
        opens = calendar.opens_at(now)
        hours = f"closed, opens {moment(opens, now)}" if opens else "closed for good"
    return dotted(
        f"*{name(department.name)}* (`{name(department.key)}`)",
        name(department.channel),
        hours if department.has_queue else "approves, has no queue",
        f"covered by {name(department.cover)}" if department.cover else "",
        f"led by {name(department.lead)}" if department.lead else "",
    )


def _change(change: Change, now: datetime) -> Block:
    told = dotted(f"*{change.id}.* {reason(change.what)}", user(change.by), moment(change.at, now))
    if change.undone_by:
        return section(dotted(told, f"undone by {user(change.undone_by)}"))
    return section(told, button("Undo", Action.UNDO_CHANGE, str(change.id)))


def _account(account: Account, ours: Accounts) -> str:
    unset = [named for _, named in account.secrets if named in ours.missing]
    only = "" if account.secrets else "only recognised as ours: no secrets are named"
    return dotted(
        f"• {name(account.network)}: {name(account.handle)}",
        name(account.location or ""),
        only,
        _missing(unset),
    )


def _door(door: Door, ours: Accounts) -> str:
    missing = [door.secret] if door.secret in ours.missing else []
    if not door.reply_url:
        missing.append("WEBHOOK_REPLY_URL" if door.name == WEBHOOK else "reply_url")
    leaves = f"replies leave as {name(door.account)}" if door.account else "replies name no account"
    return dotted(
        f"• `/intake/{door.name}`",
        f"{leaves} where a post names none",
        _missing(missing),
    )


def _missing(names: Sequence[str]) -> str:
    return f"missing: {', '.join(f'`{one}`' for one in names)}" if names else ""


def _step(step: Step) -> str:
    todo = f": {reason(step.todo)}" if step.todo and not step.done else ""
    return f"{'✓' if step.done else '☐'} {inert.ended(reason(step.title))}{todo}"
