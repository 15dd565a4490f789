"""The read-only page of open cases, for the hours when Slack is down: no script, no write."""

import hmac
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from flask import Flask, Response, make_response, render_template, request

from bot.domain.desk_page import DeskPage, DeskRow
from bot.domain.durations import spoken
from bot.domain.web_address import is_web_address
from bot.web.answers import refuse
from bot.web.doors import Doors

COOKIE = "desk"
COOKIE_SECONDS = 12 * 60 * 60

_STYLE = files("bot.web").joinpath("templates/desk.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # else the links would carry the token of this address away
    "X-Robots-Tag": "noindex, nofollow",
}


def open_desk(app: Flask, doors: Doors) -> None:
    @app.get("/desk")
    def desk() -> Response:
        if not (token := doors.desk_token):
            refuse(404, "not found")
        if not _has_key(token):
            refuse(401, "token missing or wrong: open /desk?token=…")
        answer = make_response(_drawn(doors.desk_page(_page())))
        answer.headers.update(_HEADERS)
        _hand_out_cookie(answer, token)
        return answer


def _page() -> int:
    asked = request.args.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1


def _has_key(token: str) -> bool:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return (
        _is_same(request.args.get("token", ""), token)
        or _is_same(request.cookies.get(COOKIE, ""), _cookie(token))
        or (scheme.lower() == "bearer" and _is_same(bearer.strip(), token))
    )


def _is_same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def _cookie(token: str) -> str:
    """Opens the page as the token does, and does not tell it."""
    return hmac.digest(token.encode(), b"the desk's cookie", "sha256").hex()


def _hand_out_cookie(answer: Response, token: str) -> None:
    if "token" in request.args:
        answer.set_cookie(
            COOKIE, _cookie(token), max_age=COOKIE_SECONDS, path="/desk",
            secure=_came_by_tls(), httponly=True, samesite="Strict",
        )  # fmt: skip


def _came_by_tls() -> bool:
    """Or says so: who lies about it gets a cookie that their own browser keeps to itself."""
    first = request.headers.get("X-Forwarded-Proto", "").partition(",")[0]
    return request.is_secure or first.strip().lower() == "https"


def _drawn(page: DeskPage) -> str:
    def urgency(row: DeskRow) -> str:
        left = row.time_left(page.generated_at)
        if left is None:
            return "no promise"
        return f"{spoken(left)} left" if left.total_seconds() > 0 else f"{spoken(left)} late"

    return render_template(
        "desk.html", page=page, urgency=urgency, is_web_address=is_web_address, style=_STYLE
    )
