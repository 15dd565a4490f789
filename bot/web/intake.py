"""The door for posts: each check costs less than the next, and 2xx means kept for good."""

from dataclasses import replace
from hashlib import sha256

from flask import Flask, Response, jsonify, request

from bot.domain.post import Delivery, Post
from bot.domain.post_json import parse_post
from bot.domain.strict_json import load_json
from bot.web.answers import refuse
from bot.web.body import bounded_body
from bot.web.doors import Doors
from bot.web.gate import must_be_signed
from bot.web.signature import SENDERS_MOMENT, is_from_our_sender

MAX_BODY = 64 * 1024


def open_intake(app: Flask, doors: Doors) -> None:
    @app.post("/intake/<door>")
    def intake(door: str) -> tuple[Response, int]:
        if door not in doors.intakes:
            refuse(404, "unknown door")
        body = _signed_body(doors, doors.intakes[door])
        post = replace(parse_post(load_json(body), door=door), door=door)
        _keep_within_quota(doors, post)
        delivery = Delivery(request.headers["webhook-id"], sha256(body).hexdigest())
        receipt = doors.receive(post, delivery)
        answer = jsonify(accepted=True, duplicate=receipt.duplicate, post=receipt.key)
        return answer, 200 if receipt.duplicate else 202


def _signed_body(doors: Doors, secret: str | None) -> bytes:
    if request.mimetype != "application/json":
        refuse(415, "must be application/json")
    body = bounded_body(MAX_BODY)
    if not secret:
        refuse(401, "intake has no secret")
    is_signed = is_from_our_sender(body, request.headers, secret=secret)
    must_be_signed(doors, request.headers.get(SENDERS_MOMENT, ""), is_signed=is_signed)
    return body


def _keep_within_quota(doors: Doors, post: Post) -> None:
    if wait := doors.quota.wait(post.source, doors.now()):
        refuse(429, "too many posts from this source in a minute", wait=wait)
