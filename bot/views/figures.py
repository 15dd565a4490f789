"""Figures in Slack: a period's report, today against usual, and the cases behind one figure."""

from bot.domain.figure_boards import BehindBoard, Compared, Today
from bot.domain.kpi import Figure, Kpi, Unit
from bot.domain.report import Period, Report
from bot.views.blocks import button, context, section
from bot.views.drawn import Drawn
from bot.views.figure_texts import shown
from bot.views.ids import show_figure
from bot.views.limits import Block
from bot.views.lists import line
from bot.views.phrases import counted, dated, dotted, drawn, name


def report(found: Report) -> Drawn:
    """One row for each figure; each opens the cases behind it."""
    period = found.period
    head = section(f"*Figures* from {dated(period.since)} to {dated(period.until)}")
    if not any(figure.size for figure in found.figures):
        return drawn("No cases in this time", head, section("No case was open in this time."))
    rows = [_row(figure, period) for figure in found.figures]
    end = context("A press on *Cases* shows what is behind a figure, where you work.")
    return drawn("Figures", head, *rows, end)


def today(found: Today) -> list[Block]:
    """Since midnight, each beside what is usual at this hour of this weekday."""
    is_early = all(one.usual is None for one in found.figures)
    rows = [_compared(one, found.period, is_early=is_early) for one in found.figures]
    early = context("There is too little yet to say what is usual: that takes four weeks.")
    return [section("*Today*, since midnight"), *rows, *([early] if is_early else [])]


def behind(board: BehindBoard) -> Drawn:
    """The one to look at first on top."""
    title = _title(board.kpi, board.department)
    if not board.lines:
        where = "in departments where you work" if board.total else "behind it"
        return drawn(f"{title}: no cases", section(f"*{title}*: there is no case {where}."))
    kept_from = board.total - board.mine
    elsewhere = f"{kept_from:,} more where you do not work" if kept_from else ""
    more = f"the first {len(board.lines)} of {board.mine:,}"
    small = dotted(more if board.mine > len(board.lines) else "", elsewhere)
    head = section(f"*{title}*: {counted(board.mine, 'case')}, the first to look at on top")
    rows = [line(one, board.now, state=True) for one in board.lines]
    return drawn(title, head, *rows, *([context(small)] if small else []))


def _row(figure: Figure, period: Period) -> Block:
    kpi = figure.kpi
    words = dotted(
        f"*{_title(kpi, figure.department)}*: {shown(kpi.unit, figure.value)}",
        f"nine in ten within {shown(kpi.unit, figure.p90)}" if figure.p90 is not None else "",
        f"of {figure.size:,}" if figure.size and kpi.unit is not Unit.COUNT else "",
    )
    accessory = _cases(figure, period) if figure.size else None
    return section(f"{words}\n_{kpi.help}_", accessory)


def _compared(one: Compared, period: Period, *, is_early: bool) -> Block:
    figure, unit = one.figure, one.figure.kpi.unit
    usual = f"usually {shown(unit, one.usual)}" if one.usual is not None else ""
    nothing = "" if usual or is_early else "too little to compare with"
    words = dotted(
        f"*{_title(figure.kpi, None)}*: {shown(unit, figure.value)}", usual or nothing
    )  # fmt: skip
    return section(words, _cases(figure, period) if figure.size else None)


def _cases(figure: Figure, period: Period) -> Block:
    seconds = (int(moment.timestamp()) for moment in (period.since, period.until))
    action = show_figure(figure.kpi.name, figure.department)
    return button("Cases", action, ":".join(map(str, seconds)))


def _title(kpi: Kpi, department: str | None) -> str:
    title = kpi.title[0].upper() + kpi.title[1:]
    return f"{title} in {name(department)}" if department else title
