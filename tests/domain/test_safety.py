"""Which posts are about a life, in five languages, however they are written."""

import pytest

from bot.domain.post import Author, Post, Priority
from bot.domain.safety import safety_words, urgency


@pytest.mark.parametrize(
    "text",
    [
        "I will jump off the bridge tonight",
        "i'm going to KILL MYSELF",
        "I don’t want to live",
        "there is a bomb on board",
        "my child is missing at gate B12",
        "Ich bringe mich um",
        "Ich will nicht mehr leben.",
        "Mein Kind ist weg!",
        "Ik maak er een eind aan",
        "mijn zoontje kwijt op Schiphol",
        "J'ai envie d'en finir",
        "je vais vous tuer",
        "Quiero morirme",
        "hay una bomba en el avión",
        "no encuentro a mi hija",
        "sui\u200bcidal",
        "UPDATE: I need insulin until tomorrow",
        "my dad can’t breathe, nobody comes",
        "Meine Frau bekommt keine Luft",
        "mijn man heeft een hartaanval",
        "mon mari a fait un AVC",
        "mi madre no puede respirar",
    ],
)
def test_a_life_in_danger_is_noticed(text: str) -> None:
    assert safety_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "where is my bag?",
        "Bom dia! Onde está a minha mala?",
        "flying to Granada tomorrow",
        "in brand new condition",
        "my tote bag is lost",
        "an hour on hold and my phone is dying",
        "after 6 hours I could do with some fresh air",
        "Ik wil niet meer betalen",
        "pour en finir avec ce dossier",
        "die Bahn war spät, die Koffer auch",
    ],
)
def test_what_only_looks_like_it_in_another_language_is_not(text: str) -> None:
    assert safety_words(text) == ()


@pytest.mark.parametrize(
    ("said", "ruled", "is_"),
    [
        (None, None, Priority.NORMAL),
        (None, Priority.LOW, Priority.LOW),
        (None, Priority.HIGH, Priority.HIGH),
        (Priority.URGENT, Priority.HIGH, Priority.URGENT),
        (Priority.NORMAL, Priority.LOW, Priority.NORMAL),
        (Priority.LOW, None, Priority.LOW),
        (Priority.LOW, Priority.HIGH, Priority.HIGH),
    ],
)
def test_a_rule_is_never_below_what_the_post_said(
    said: Priority | None, ruled: Priority | None, is_: Priority
) -> None:
    assert urgency(Post("x", "1", "hello", Author("@jane"), priority=said), ruled=ruled) is is_


def test_no_rule_sets_a_life_in_danger_low() -> None:
    post = Post("x", "1", "I will jump off the bridge", Author("@jane"))
    assert urgency(post, ruled=Priority.LOW) is Priority.URGENT
