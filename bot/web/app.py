"""All HTTP doors of the desk as one WSGI application."""

from flask import Flask, Response

from bot.web.answers import answer_errors
from bot.web.desk import open_desk
from bot.web.doors import Doors
from bot.web.health import open_health
from bot.web.intake import open_intake
from bot.web.slack_events import open_slack


def create_app(doors: Doors, *, is_whole: bool = True) -> Flask:
    """A process without the web part is asked only how it fares."""
    app = Flask(__name__, static_folder=None)
    for opened in (open_intake, open_desk, open_slack) if is_whole else ():
        opened(app, doors)
    for opened in (open_health, answer_errors):
        opened(app, doors)
    app.after_request(_close_side_doors)
    return app


def _close_side_doors(answer: Response) -> Response:
    """Nobody keeps a copy, and nobody takes an answer for something else."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
