"""A message as Slack takes it: what every view of a message returns and the speaker sends."""

from dataclasses import dataclass

from bot.views import limits
from bot.views.blocks import section
from bot.views.limits import Block


@dataclass(frozen=True)
class Drawn:
    """`text` is for notifications and screen readers, `blocks` are what is seen."""

    text: str
    blocks: list[Block]

    def in_words(self) -> "Drawn":
        """The same message without its layout, for when Slack refuses the blocks."""
        text = limits.cut_markup(self.text, limits.TEXT)
        return Drawn(text, [section(text)])
