"""Reads no more of a request than its door takes."""

from flask import request

from bot.web.answers import refuse


def bounded_body(limit: int) -> bytes:
    """The raw bytes, of which a signature speaks; larger ones are answered 413."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        refuse(415, "must not be compressed")
    # One byte more shows that there is more: without a length, Werkzeug cuts a body silently.
    request.max_content_length = limit + 1
    body = request.get_data(cache=False)
    if len(body) > limit:
        refuse(413, f"is larger than {limit // 1024} KiB")
    return body
