"""*Acknowledge* on a ping: I have it."""

from bot.views.ids import Action
from handlers.desk import Desk
from handlers.listeners import press
from handlers.payload import Press


@press(Action.ACKNOWLEDGE)
def acknowledge(desk: Desk, pressed: Press) -> None:
    case, matter = pressed.memo.ping
    desk.watch.acknowledge(case, matter, by=pressed.by)
