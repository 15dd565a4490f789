"""The rota in each of its variants."""

from datetime import date, timedelta

from bot.domain.duty import Stretch
from bot.domain.ids import MemberId
from bot.domain.on_call import Event, Override, Shift, Swap
from bot.domain.rota_board import LevelBoard, Notice, RotaBoard, RotaChange
from bot.views import rota
from bot.views.drawn import Drawn
from tests.views.made import ANN, BEN, CEM, NOW

_HOURS = timedelta(hours=1)
_WORKDAYS = frozenset(range(5))


def stretch(begins: int, ends: int, *people: MemberId) -> Stretch:
    return Stretch(NOW + begins * _HOURS, NOW + ends * _HOURS, people)


ENTRIES = (
    Shift("ann@example.com", _WORKDAYS, 540, 1020, "Europe/Amsterdam"),
    Shift("U9", frozenset([5, 6]), 1320, 360, "Asia/Kolkata", level=2),
    Override("U2", NOW, NOW + 9 * _HOURS),
    Override("U2", NOW, NOW + 9 * _HOURS, level=2),
    Swap(("ann@example.com", "zoe@example.com"), date(2026, 12, 24)),
    Event("Super Bowl", ("U2", "U9"), NOW + 50 * _HOURS, NOW + 56 * _HOURS),
)
KNOWN = {"ann@example.com": ANN, "U2": BEN, "U9": CEM}
WEEK = (stretch(0, 9, BEN), stretch(9, 24), stretch(24, 48, ANN, CEM), stretch(48, 168))
HOLES = (WEEK[1], WEEK[3])
QUIET = LevelBoard(2, (stretch(0, 168, CEM),))

ROTA: dict[str, Drawn] = {
    "rota": rota.board(
        RotaBoard((LevelBoard(1, WEEK[:1] + WEEK[2:3]), QUIET), ENTRIES[:1], KNOWN, (), "", NOW)
    ),
    "rota_with_faults": rota.board(
        RotaBoard(
            (LevelBoard(1, WEEK), QUIET), ENTRIES, KNOWN, HOLES,
            "this Slack plan has no user groups", NOW,
        )
    ),
    "rota_of_many": rota.board(
        RotaBoard(
            (LevelBoard(1, tuple(stretch(n, n + 1, ANN) for n in range(168))), QUIET),
            ENTRIES[:1] * 300, KNOWN, (), "", NOW,
        )
    ),
    "rota_empty": rota.board(
        RotaBoard((LevelBoard(1, (stretch(0, 168),)),), (), {}, (), "", NOW)
    ),
    "rota_change": rota.change(
        RotaChange(
            "<@U1> is on call mon-fri 09:00-17:00 UTC", 8,
            (Notice("<@U2> is on duty then too", NOW, NOW + _HOURS), Notice("Nobody is planned")),
            12, 3,
        )
    ),
    "rota_change_to_come": rota.change(
        RotaChange("<@U1> and <@U2> swap their shifts of 2026-12-24", 9, (), None, 0)
    ),
    "rota_change_early": rota.change(
        RotaChange("<@U1> is on call daily 00:00-24:00 UTC", 9, (), 0, 0)
    ),
}  # fmt: skip
