"""Whether a post is about a life: self-harm, a threat, a bomb, a child in danger, an illness.

Until judgement is learned a short list says so. It closes nothing and lowers nothing.
"""

from bot.domain.folding import folded, phrase
from bot.domain.long_texts import once
from bot.domain.post import Post, Priority
from bot.domain.safety_words import CHILDREN, MEDICAL, SELF_HARM, THREATS


def _read(*tables: dict[str, str]) -> dict[str, str]:
    """What is looked for in folded text, with how a person writes it."""
    lists = (words for table in tables for words in table.values())
    listed = (" ".join(entry.split()) for words in lists for entry in words.split(";"))
    return {phrase(entry): entry.removesuffix("*") for entry in listed if entry}


_LISTED = _read(SELF_HARM, THREATS, CHILDREN, MEDICAL)


@once
def safety_words(text: str) -> tuple[str, ...]:
    """What the text says of a life in danger, in the list's words; the longest first."""
    words = folded(text)
    said = [listed for needle, listed in _LISTED.items() if needle in words]
    return tuple(sorted(said, key=len, reverse=True))


def urgency(post: Post, *, ruled: Priority | None = None) -> Priority:
    """The most urgent of what the post, its rule and its words say; low only where a rule says so.

    A post that says nothing of its own may be set low; one that says something never goes below it.
    """
    said = [one for one in (post.priority, ruled) if one]
    if safety_words(post.text):
        said.append(Priority.URGENT)
    return max(said, key=lambda one: one.rank, default=Priority.NORMAL)
