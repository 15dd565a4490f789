"""The public as the reply webhook sees it: what arrived there stands for all to read."""

import json
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLOW = 0.3  # seconds that an answer may take, so that some are on their way at every kill


@dataclass
class Public:
    """What was published under each key, every time; `url` takes replies."""

    dice: random.Random
    published: list[tuple[str, str]] = field(default_factory=list)  # (key, text)

    def __post_init__(self) -> None:
        public = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = public.take(self.headers["webhook-id"], str(body["text"]))
                self.send_response(status)
                self.send_header("Retry-After", "1")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_: object) -> None:
                pass

            def handle(self) -> None:
                with suppress(OSError, ValueError):  # who asked was killed meanwhile
                    super().handle()

        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def take(self, key: str, text: str) -> tuple[int, dict[str, str]]:
        """Now and then *too many*, and now and then published but answered with a fault."""
        with self._lock:
            luck = self.dice.random()
            if luck < 0.04:
                return 429, {}
            self.published.append((key, text))
            wait = self.dice.uniform(0, SLOW)
        time.sleep(wait)
        return (500, {}) if luck < 0.08 else (200, {"id": f"r-{key}"})

    def times(self) -> Counter[str]:
        """How often each key is visible."""
        return Counter(key for key, _ in self.published)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
