"""Every refusal has a sentence of its own that says why and what to do."""

import inspect
import typing

import pytest

from bot.domain import errors, post_json, strict_json
from bot.domain.errors import BotError
from bot.domain.ids import CaseId, MemberId
from bot.views.phrases import UNSAID
from bot.views.sentences import sentence
from tests.views.slack_markup import HOSTILE, live_in_text

MODULES = (errors, post_json, strict_json)  # where errors are named


def leaves(kind: type[BotError] = BotError) -> list[type[BotError]]:
    below = [leaf for child in kind.__subclasses__() for leaf in leaves(child)]
    return below or [kind]


# A usage comes from the table of commands, and is shown to be copied as it is.
FOREIGN = [kind for kind in leaves() if kind is not errors.WrongUsage]


def made(kind: type[BotError], text: str) -> BotError:
    """An error with something of the right type in every place, foreign words wherever they fit."""
    if "__init__" not in vars(kind):
        return kind()
    hints = typing.get_type_hints(kind.__init__)
    given = inspect.signature(kind).parameters
    return kind(**{name: _value(hints[name], text) for name in given})


def _value(hint: object, text: str) -> object:
    written = str(hint)
    if hint is MemberId or "MemberId |" in written or written.startswith("typing.Optional"):
        return MemberId("U1")
    if hint is CaseId or "CaseId" in written:
        return CaseId(7)
    if "MemberId" in written:
        return (MemberId("U1"), MemberId("U2"))
    if written == "tuple[int, ...]":
        return (8, 9)
    if written.startswith("tuple"):
        return (text, text)
    if written.startswith("list"):
        return [text, text]
    return {int: 3, bool: True}.get(typing.cast(type, hint), text)


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_every_error_has_words_of_its_own(kind):
    told = sentence(made(kind, "something"))
    assert told != UNSAID
    assert len(told) > 30


def kinds_alive(kind: type[BotError], text: str) -> set[str]:
    return {live.kind for live in live_in_text(sentence(made(kind, text)))}


def test_hostile_words_in_an_error_come_alive_nowhere():
    quiet = {kind: kinds_alive(kind, "innocent & co") for kind in FOREIGN}
    texts = [text.replace("<@U012AB>", "") for text in HOSTILE]
    faults = [
        f"{kind.__name__} with {text[:40]!r}: {sorted(alive)}"
        for kind in FOREIGN
        for text in texts
        if (alive := kinds_alive(kind, text) - quiet[kind])
    ]
    assert faults == []


def test_the_second_to_claim_is_told_who_was_first():
    told = sentence(errors.AlreadyClaimed(MemberId("U1")))
    assert told == "<@U1> was first and has this case. Ask for a hand-off, or help in the thread."


def test_who_is_not_in_the_channel_learns_which_one_it_is():
    assert "#care-sales" in sentence(errors.NotMember("Sales", "#care-sales")).replace("\u2060", "")


def test_a_merged_case_leads_to_the_other():
    assert "*#9*" in sentence(errors.CaseIsSolved(MemberId("U1"), "merged", CaseId(9)))


def test_all_faults_of_a_file_are_told_at_once():
    told = sentence(errors.Broken(["line 3 is empty", "line 9 is empty"]))
    assert "line 3" in told
    assert "line 9" in told
