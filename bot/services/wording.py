"""What people say in Slack, in words that mean the same outside of it."""

from collections.abc import Callable

from bot.domain import markup
from bot.domain.ids import ChannelId, MemberId
from bot.services.kernel import Kernel, Work

_How = Callable[[str, markup.Names, markup.Sign], str]


class Wording:
    """The desk's own record says whose ids they are; it asks nobody."""

    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def typed(self, text: str) -> str:
        """Out of a form, which Slack does not escape."""
        return self._read(markup.readable, text)

    def message(self, text: str) -> str:
        """Of a message."""
        return self._read(markup.unescaped, text)

    def command(self, text: str) -> str:
        """Typed after a slash or a mention: still to be read, but every id has its name."""
        return self._read(markup.labelled, text)

    def _read(self, how: _How, text: str) -> str:
        if not markup.is_in(text):
            return text
        with self._kernel.look() as work:
            return how(text, _Record(work), self._kernel.sign)


def reader(work: Work, sign: markup.Sign) -> Callable[[str], str]:
    """For words that were kept as Slack has them, and what the desk has written itself."""
    return lambda text: markup.readable(text, _Record(work), sign)


def message(work: Work, sign: markup.Sign, text: str) -> str:
    return markup.unescaped(text, _Record(work), sign)


class _Record:
    def __init__(self, work: Work):
        self._work = work

    def person(self, id: str) -> str | None:
        found = self._work.tx.people.get(MemberId(id))
        return found.name if found else None

    def channel(self, id: str) -> str | None:
        known = (one for one in self._work.tx.people.channels() if one.channel == ChannelId(id))
        return next((one.name.removeprefix("#") for one in known), None)
