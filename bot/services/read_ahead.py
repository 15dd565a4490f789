"""What a transaction will ask of a customer's words is found before it, while others write."""

from bot.domain.lexemes import lexemes
from bot.domain.ports import LanguageFinder
from bot.domain.post import Post, PostKind
from bot.domain.safety import safety_words
from bot.services.kernel import Kernel


def read_ahead(kernel: Kernel, languages: LanguageFinder, post: Post) -> str | None:
    """The post's own language, else the one that its words are in."""
    if post.kind is PostKind.EDIT:
        with kernel.look() as work:
            before = work.tx.posts.get(post.key)
        _read(before.post.text if before else "")
    _read(post.text)
    return post.language or languages.language(post.text)


def _read(text: str) -> None:
    """Folded, searched and put in order: a long text is kept as it was found."""
    lexemes(text)
    safety_words(text)
