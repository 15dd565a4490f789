"""*Acknowledge* on a ping, and *Acknowledge all* above many: I have it."""

from bot.views.ids import Action
from handlers.desk import Desk
from handlers.listeners import press
from handlers.payload import Press


@press(Action.ACKNOWLEDGE)
def acknowledge(desk: Desk, pressed: Press) -> None:
    case, matter = pressed.memo.ping
    desk.watch.acknowledge(case, matter, by=pressed.by)


@press(Action.ACKNOWLEDGE_ALL)
def acknowledge_all(desk: Desk, pressed: Press) -> None:
    desk.watch.acknowledge_all(pressed.memo.key, by=pressed.by)
