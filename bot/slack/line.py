"""The desk's line to Slack: clients with its token, and drawings with its prefix."""

from threading import Event

from slack_sdk import WebClient

from bot.domain.effects import Kind
from bot.domain.ports import LastLook, Now, no_last_look
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from bot.slack.hooks import SlackHooks
from bot.views.draw import draw
from bot.views.drawn import Drawn
from bot.views.prefixed import prefixed


class SlackLine:
    """`hooks` are the ways back that came with clicks in this process."""

    def __init__(self, token: str, url: str, prefix: str, now: Now):
        self._token = token
        self._url = url
        self._prefix = prefix
        self.hooks = SlackHooks(url, self.draw, now)
        self.stopping = Event()  # nobody waits out Slack's pauses any more

    def client(self, last_look: LastLook = no_last_look) -> WebClient:
        return make_client(self._token, self._url, last_look=last_look)

    def directory(self, client: WebClient) -> SlackDirectory:
        return SlackDirectory(client, self.stopping.wait)

    def draw(self, kind: Kind, content: object) -> Drawn:
        return self.prefixed(draw(kind, content))

    def prefixed(self, drawn: Drawn) -> Drawn:
        return prefixed(drawn, self._prefix)
