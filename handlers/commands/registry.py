"""The table of commands: each form is one function, from which usage, help and manifest follow."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.domain.errors import NeedsForm, NotBuiltYet, Refused, WrongUsage
from handlers.answers import Answer
from handlers.commands import grammar
from handlers.commands.grammar import Misread, first, keyword
from handlers.desk import Desk
from handlers.payload import Typed

T = TypeVar("T")
Run = Callable[[Desk, Typed, T], Answer]

# What is obvious without words.
BARE = {
    "case": "mine",
    "routing": "list",
    "sla": "list",
    "rota": "list",
    "desk": "help",
    "incident": "panel",
}

ALSO = {("incident", "close"): "stand-down", ("incident", "stand"): "stand-down"}


class Role(StrEnum):
    """For whom a command is; said in help, decided by the services at the moment of the act."""

    MEMBER = "member"
    ADMIN = "admin"


@dataclass(frozen=True)
class Command(Generic[T]):
    name: str
    usage: str
    help: str
    role: Role
    takes: Callable[[str], T]
    act: Run[T]
    opens_form: bool  # whatever is typed, so it cannot be done where no form can be opened

    @property
    def noun(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def verb(self) -> str:
        return self.name.partition(" ")[2]

    @property
    def wants_case(self) -> bool:
        return self.noun == "case" and self.takes in _OF_A_CASE

    def run(self, desk: Desk, typed: Typed, text: str) -> Answer:
        try:
            taken = self.takes(text)
        except Misread:
            raise WrongUsage(shown(self.usage, desk.prefix)) from None
        return self.act(desk, typed, taken)


COMMANDS: dict[str, Command[Any]] = {}

# Named in the contract, offered by a later version: no word of these is taken for another.
LATER: Mapping[str, frozenset[str]] = {
    "case": frozenset({"customer"}),
    "routing": frozenset({"replay", "learned", "import"}),
    "incident": frozenset({"statement", "hold", "release"}),
    "desk": frozenset(
        {
            "guideline",
            "template",
            "goodwill",
            "drill",
            "erase",
            "away",
            "back",
            "hours",
            "board",
            "reasons",
        }
    ),
}

_OF_A_CASE = (
    grammar.case,
    grammar.case_and_words,
    grammar.case_and_place,
    grammar.case_and_person,
    grammar.case_and_duration,
    grammar.case_and_priority,
    grammar.case_into_case,
    grammar.two_cases,
    grammar.case_and_url,
)


def command(  # noqa: PLR0913 - the whole of a command, each part by its name
    name: str,
    *,
    usage: str,
    help: str,
    takes: Callable[[str], T],
    role: Role = Role.MEMBER,
    opens_form: bool = False,
) -> Callable[[Run[T]], Run[T]]:
    """Makes the function below the meaning of `name`."""

    def register(act: Run[T]) -> Run[T]:
        COMMANDS[name] = Command(name, usage, help, role, takes, act, opens_form)
        return act

    return register


def run(desk: Desk, noun: str, typed: Typed) -> Answer:
    """What the words after `/noun` mean, done; raises WrongUsage with what may be meant."""
    found, rest = find(noun, typed.text)
    if found is None:
        raise _unknown(noun, rest, desk.prefix)
    return found.run(desk, typed, rest)


def run_in_words(desk: Desk, typed: Typed) -> Answer:
    """The same for `/case` where no form can be opened; refuses before anything is done."""
    found, _ = find("case", typed.text)
    if found and found.opens_form:
        raise NeedsForm(shown(f"/case {typed.text}", desk.prefix))
    return run(desk, "case", typed)


def said_of_a_case() -> list[str]:
    """What can be said under a card, where the case is known."""
    return [f"`{one.verb}`" for one in COMMANDS.values() if one.wants_case and not one.opens_form]


def find(noun: str, text: str) -> tuple[Command[Any] | None, str]:
    """The command and what is left for it to read; the longer name wins."""
    text = grammar.about_case(text) if noun == "case" and text.strip() else text
    verb, rest = first(text.strip() or BARE.get(noun, ""))
    verb = ALSO.get((noun, keyword(verb)), verb)
    second, more = first(rest)
    longer = COMMANDS.get(f"{noun} {keyword(verb)} {keyword(second)}")
    if longer and second:
        return longer, more
    shorter = COMMANDS.get(f"{noun} {keyword(verb)}")
    return shorter, rest if shorter else text


def forms_of(noun: str, prefix: str) -> list[tuple[str, str]]:
    """Usage and meaning of every form of a command, for its help."""
    return [
        (shown(one.usage, prefix), f"{one.help} (admin)" if one.role is Role.ADMIN else one.help)
        for one in COMMANDS.values()
        if one.noun == noun
    ]


def shown(usage: str, prefix: str) -> str:
    """A usage line as it has to be typed here."""
    return usage.replace("/", f"/{prefix}", 1)


def _unknown(noun: str, text: str, prefix: str) -> Refused:
    """What there is instead, and what may have been meant."""
    verb = keyword(first(text)[0])
    if verb in LATER.get(noun, ()):
        return NotBuiltYet(shown(f"/{noun} {verb}", prefix))
    verbs = {one.name.removeprefix(f"{noun} "): one.usage for one in COMMANDS.values()
             if one.noun == noun}  # fmt: skip
    verbs |= {word: verbs[one] for word, one in grammar.SYNONYMS.items() if one in verbs}
    near = difflib.get_close_matches(" ".join(text.split()[:2]), verbs, n=1, cutoff=0.5)
    near = near or difflib.get_close_matches(verb, verbs, n=1)
    nearest = shown(verbs[near[0]], prefix) if near else ""
    own = dict.fromkeys(first(one.verb)[0] for one in COMMANDS.values() if one.noun == noun)
    return WrongUsage(shown(f"/{noun} {' | '.join(own)}", prefix), nearest)
