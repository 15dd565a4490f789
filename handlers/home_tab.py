"""The home tab is opened, and what is pressed on it: a missing step, the cases behind a figure."""

from bot.domain.errors import Tampered
from bot.domain.kpi import KPIS
from bot.services.figures import Asked
from bot.views import figures
from bot.views.admin_forms import routing_form
from bot.views.home import step_to_do
from bot.views.ids import SHOW_FIGURE, Action
from bot.views.sheets import sheet
from handlers.answers import Answer, Slow
from handlers.desk import Desk
from handlers.heard import Heard
from handlers.listeners import event, press
from handlers.payload import Press


@event("app_home_opened", later=True)
def opened(desk: Desk, heard: Heard) -> None:
    if heard.tab == "home":
        desk.publish_home(heard.member)


@press(Action.SETUP_STEP)
def show_step(desk: Desk, pressed: Press) -> Answer:
    """The form where there is one, else the words to type."""
    steps = desk.administration.setup_steps(by=pressed.by)
    if pressed.memo.number > len(steps):
        raise Tampered("step")
    step = steps[pressed.memo.number - 1]
    if step.has_form and not step.done:
        return routing_form(desk.policies.rules(by=pressed.by).departments)
    return step_to_do(step)


@press(SHOW_FIGURE)
def show_behind(desk: Desk, pressed: Press) -> Answer:
    name, department = pressed.figure
    if name not in KPIS:
        raise Tampered("figure")
    asked = Asked(name, department, pressed.memo.period)
    return Slow(
        "Cases",
        lambda: sheet("Cases", figures.behind(desk.figures.behind(asked, by=pressed.by))),
    )
