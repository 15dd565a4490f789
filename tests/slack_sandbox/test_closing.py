"""The sandbox ends whole: no connection is left open, whoever knocks at the last moment."""

import gc
import socket
import warnings
from urllib.parse import urlsplit

from slack_sandbox import Sandbox

KNOCKING = 30


def test_whoever_knocks_while_it_closes_is_let_out() -> None:
    slack = Sandbox.start()
    at = urlsplit(slack.api_url)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        knocking = [socket.create_connection((at.hostname, at.port)) for _ in range(KNOCKING)]
        slack.stop()
        gc.collect()
    for client in knocking:
        client.close()
    assert [str(one.message) for one in said if "transport" in str(one.message)] == []
