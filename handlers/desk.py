"""What the handlers may ask: the services, handed in by wiring, and ways to answer one person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import Forms, NewKey, Now
from bot.services.administration import Administration
from bot.services.boards import Boards
from bot.services.casework import Casework
from bot.services.closings import Closings
from bot.services.elsewhere import Elsewhere
from bot.services.epochs import Epochs
from bot.services.figures import Figures
from bot.services.hand_offs import HandOffs
from bot.services.incidents import Incidents
from bot.services.intake import Intake
from bot.services.merging import Merging
from bot.services.once import Once
from bot.services.policies import Policies
from bot.services.questions import Questions
from bot.services.replies import Replies
from bot.services.roster import Roster
from bot.services.rota import Rotas
from bot.services.watch import Watch
from bot.views.drawn import Drawn

# Channel and message that were clicked on, and the address by which Slack lets it be changed.
KeepHook = Callable[[ChannelId, str, str], object]
Whisper = Callable[[ChannelId, MemberId, Drawn, str | None], object]


class Voice(Protocol):
    """Runs what has to ask Slack, after Slack has its acknowledgement."""

    def submit(self, fn: Callable[..., object], /, *args: object) -> object: ...


@dataclass(frozen=True)
class Desk:
    intake: Intake
    casework: Casework
    closings: Closings
    merging: Merging
    elsewhere: Elsewhere
    hand_offs: HandOffs
    questions: Questions
    replies: Replies
    watch: Watch
    boards: Boards
    administration: Administration
    policies: Policies
    rota: Rotas
    figures: Figures
    roster: Roster
    epochs: Epochs
    incidents: Incidents
    voice: Voice
    forms: Forms
    tell: Callable[[MemberId, str], object]  # one person, in the conversation with the bot
    whisper: Whisper  # to one person in a channel: channel, member, answer, thread
    publish_home: Callable[[MemberId], object]  # draws the home tab of one person
    once: Once
    now: Now
    new_key: NewKey  # names a fault, for the person and in the log
    team: str  # the workspace; nobody of another one is heard
    bot_user: MemberId
    prefix: str = ""  # COMMAND_PREFIX
    keep_hook: KeepHook = lambda *_: None
    aside: Voice | None = None  # for what nobody waits for; None: the same

    def acting_once(self, key: str) -> "Desk":
        """The same, where what is done with a case is kept with this key, or not at all."""
        kernel = self.once.acting(key)
        return replace(
            self, casework=Casework(kernel), closings=Closings(kernel), merging=Merging(kernel),
            elsewhere=Elsewhere(kernel),
            hand_offs=HandOffs(kernel), questions=Questions(kernel),
        )  # fmt: skip
