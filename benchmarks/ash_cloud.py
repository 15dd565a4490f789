"""Five thousand posts about one day on which nothing flies: words, rules and the hour they come."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, repeat
from types import MappingProxyType

from bot.domain.post import Author, Post

LASTS = 600.0  # seconds in which all posts come
PEAK = 180.0  # the first of them, in which most do
AT_PEAK = 0.6
SEVERITIES = {"urgent": 5, "high": 15, "normal": 80}
DEPARTMENTS = {"service": 50, "technical": 20, "sales": 10, "marketing": 10, "pr": 5, "triage": 5}
EVENLY = dict.fromkeys(DEPARTMENTS, 16)

# By these words the rules below know what a post is about; no other sentence has them.
TOPICS = {
    "technical": "app,website,login,barcode",
    "sales": "voucher,upgrade,fare,invoice",
    "marketing": "advert,campaign,newsletter,slogan",
    "pr": "journalist,newspaper,documentary,broadcast",
    "triage": "anyone,whoever",
}
PRESSING = {
    "urgent": "insulin,wheelchair,oxygen,newborn",
    "high": "funeral,surgery,wedding,exam",
}

_OPENINGS = {
    "service": (
        "Sitting on the floor of {airport} since {hour}, no word about {flight}.",
        "{flight} is off the board and your desk in {airport} has closed its shutters.",
        "Is the night bus from {airport} to the hotel still running? {flight} was cancelled.",
        "We were sent from gate to gate in {airport} and now nobody is left to ask about {flight}.",
    ),
    "technical": (
        "Your app shows {flight} as boarding while the whole of {airport} stands still.",
        "The website ends in a white page when I rebook {flight} from {airport}.",
        "My login is refused, and without it I cannot see what became of {flight}.",
        "The barcode of {flight} is not read by any machine in {airport}.",
    ),
    "sales": (
        "What is my voucher worth if {flight} from {airport} never leaves?",
        "I paid for an upgrade on {flight} that I will not see. What now?",
        "The fare from {airport} has doubled since {hour}, is that how you treat {flight}?",
        "I need an invoice for {flight}, my company asks in {airport} what it has paid for.",
    ),
    "marketing": (
        "The advert in {airport} says *above the clouds*. We laughed, {flight} did not.",
        "Stop the summer campaign while {flight} sits in {airport}, please.",
        "Your newsletter wished me a pleasant {flight} at {hour}. From {airport}. Really?",
        "A new slogan for {flight}: we stay on the ground with you.",
    ),
    "pr": (
        "A journalist here in {airport}: who speaks for you about {flight}?",
        "Our newspaper asks how many people are stuck in {airport} like those of {flight}.",
        "We are filming a documentary on {airport} this week and {flight} is in it.",
        "The evening broadcast would like a statement on {flight} by {hour}.",
    ),
    "triage": (
        "Does anyone know more than the board in {airport}?",
        "To whoever reads this: {airport} at {hour}, and {flight} is a rumour.",
    ),
}  # fmt: skip
_ENDINGS = {
    "urgent": (
        "My insulin is in the checked suitcase and I need it within the hour.",
        "My mother waits in a wheelchair and has had nothing to drink.",
        "He travels with oxygen and the bottle lasts until midnight.",
        "We have a newborn with us and no more milk.",
    ),
    "high": (
        "The funeral is tomorrow at ten.",
        "The surgery is on Thursday and cannot be moved.",
        "It is my own wedding.",
        "My exam begins at eight, there is no second date.",
    ),
    "normal": (
        "What are we supposed to do?",
        "A word would be nice.",
        "I have been patient so far.",
        "Please just tell us when.",
        "Is it the ash, or is it you?",
        "Thanks to the lady with the blankets, by the way.",
    ),
}
_AIRPORTS = ("Schiphol", "Keflavik", "Frankfurt", "Glasgow", "Oslo", "Brussels", "Dublin")
_NAMES = ("jane", "piet", "sofia", "ahmed", "marta", "lars", "chloe", "tom", "yuki", "noor")


def rules() -> list[dict[str, str]]:
    """The routing that tells them apart; posts of no topic are the default's."""
    found: list[dict[str, str]] = []
    for department in (*TOPICS, "service"):
        topic = [f"words:{TOPICS[department]}"] if department in TOPICS else []
        for priority, words in PRESSING.items():
            when = " ".join([*topic, f"words:{words}"])
            found.append({"department": department, "when": when, "priority": priority})
        if topic:
            found.append({"department": department, "when": topic[0]})
    return found


@dataclass(frozen=True)
class Arrival:
    at: float  # seconds from the first sign of ash
    severity: str  # as its words say; the desk has to find it by its rules
    department: str
    post: Post


def arrivals(
    posts: int, seed: int, of: Mapping[str, int] = MappingProxyType(DEPARTMENTS)
) -> list[Arrival]:
    """In order; the shares of severities and departments are exact."""
    dice = random.Random(seed)
    numbers = count(1)
    moments = sorted(_moments(posts, dice))
    severities = _shared_out(posts, SEVERITIES, dice)
    departments = _shared_out(posts, of, dice)
    return [
        Arrival(at, severity, department, _post(next(numbers), severity, department, dice))
        for at, severity, department in zip(moments, severities, departments, strict=True)
    ]


def _moments(posts: int, dice: random.Random) -> Iterator[float]:
    early = round(posts * AT_PEAK)
    yield from (dice.uniform(0, PEAK) for _ in range(early))
    yield from (dice.uniform(PEAK, LASTS) for _ in range(posts - early))


def _shared_out(posts: int, parts: Mapping[str, int], dice: random.Random) -> list[str]:
    found = [name for name, part in parts.items() for _ in repeat(None, posts * part // 100)]
    found += [next(iter(parts))] * (posts - len(found))
    dice.shuffle(found)
    return found


def _post(number: int, severity: str, department: str, dice: random.Random) -> Post:
    words = f"{dice.choice(_OPENINGS[department])} {dice.choice(_ENDINGS[severity])}".format(
        airport=dice.choice(_AIRPORTS),
        flight=f"NW{dice.randint(100, 999)}",
        hour=f"{dice.randint(5, 23)}:{dice.randint(0, 59):02}",
    )
    handle = f"@{dice.choice(_NAMES)}{number}"
    author = Author(handle, str(number), handle[1:].title(), dice.randint(3, 4_000))
    return Post("x", str(number), words, author, account="@northwind")
