"""Figures and home tabs in each of their variants."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.boards import MineBoard, OutgoingBoard, QueueBoard, Step
from bot.domain.figure_boards import BehindBoard, Compared, HomeBoard, Today
from bot.domain.kpi import KPIS, Figure, Unit
from bot.domain.reply import Outgoing, OutgoingNote
from bot.domain.report import Period, Report
from bot.services.home import SHOWN
from bot.views import figures
from bot.views.drawn import Drawn
from bot.views.home import home, step_to_do
from tests.views.gallery_stuck import ODD, STUCK
from tests.views.made import ANN, DEPARTMENTS, NOW, SERVICE
from tests.views.shown import LINES

_VALUES = {Unit.TIME: 754.0, Unit.SHARE: 0.92, Unit.MEAN: 0.25, Unit.COUNT: 41.0}
WEEK = Period(NOW - timedelta(days=7), NOW)
DAY = Period(NOW - timedelta(hours=9, minutes=12), NOW)
MADE = tuple(
    Figure(kpi, None, 41, _VALUES[kpi.unit], 2400.0 if kpi.unit is Unit.TIME else None)
    for kpi in KPIS.values()
)
PART = replace(MADE[10], kpi=KPIS["held_time"], department=SERVICE, value=1800.0, p90=5400.0)
NOTHING = tuple(
    Figure(kpi, None, 0, 0.0 if kpi.unit is Unit.COUNT else None) for kpi in KPIS.values()
)
TODAY = Today(
    DAY, tuple(Compared(one, _VALUES[one.kpi.unit] * 0.8) for one in MADE if one.kpi.name in SHOWN)
)
TOO_EARLY = Today(DAY, tuple(Compared(one, None) for one in NOTHING if one.kpi.name in SHOWN))

STEPS = (
    Step("Every channel can be written to", True),
    Step("Every department has a lead", False, "/desk member add @person DEPARTMENT lead"),
    Step("Posts are routed by rules", False, "/routing add service words:refund", has_form=True),
)
READY = tuple(replace(step, done=True) for step in STEPS)
MINE = MineBoard(LINES[:2], LINES[:1], 2, NOW)
QUEUE = QueueBoard(DEPARTMENTS[0], LINES[:2], 5, 2, NOW)
IDLE = QueueBoard(DEPARTMENTS[1], (), 3, 0, NOW)
LONG = QueueBoard(DEPARTMENTS[2], LINES[:1] * 40, 90, 60, NOW)
WHY = OutgoingNote(ANN, "Ann", NOW, "wrong prices in the template")
BRAKED = OutgoingBoard(Outgoing.HOLD, WHY, may_release=False)

FIGURES: dict[str, Drawn] = {
    "report": figures.report(Report(WEEK, None, (*MADE, PART))),
    "report_empty": figures.report(Report(WEEK, None, NOTHING)),
    "behind": figures.behind(BehindBoard(KPIS["open"], None, LINES[:2], 2, 5, NOW)),
    "behind_part": figures.behind(BehindBoard(KPIS["held_time"], SERVICE, LINES, 3, 3, NOW)),
    "behind_nothing": figures.behind(BehindBoard(KPIS["reopenings"], None, (), 0, 0, NOW)),
    "behind_elsewhere": figures.behind(BehindBoard(KPIS["open"], None, (), 0, 4, NOW)),
}
HOMES: dict[str, Drawn] = {
    "agent": home(HomeBoard(MINE, (QUEUE, IDLE), TODAY, None, NOW)),
    "admin": home(HomeBoard(MINE, (QUEUE, IDLE, LONG), TODAY, STEPS, NOW)),
    "admin_ready": home(HomeBoard(MineBoard((), (), 0, NOW), (IDLE,), TOO_EARLY, READY, NOW)),
    "stuck": home(HomeBoard(MINE, (QUEUE,), TODAY, None, NOW, STUCK)),
    "stuck_oddly": home(HomeBoard(MINE, (QUEUE,), TODAY, None, NOW, ODD)),
    "on_hold": home(HomeBoard(MINE, (QUEUE,), TODAY, None, NOW, (), BRAKED)),
    "stranger": home(HomeBoard(MineBoard((), (), 0, NOW), (), None, None, NOW)),
    "step": step_to_do(STEPS[1]),
    "step_done": step_to_do(READY[0]),
}
