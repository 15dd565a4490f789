"""Whom an answer is for, from which account, who can read it: said alike wherever it is shown."""

from bot.domain.post import Post, Visibility
from bot.domain.reply import Reply
from bot.domain.reply_form import ReplyForm
from bot.views import inert, limits
from bot.views.blocks import alert
from bot.views.limits import Block
from bot.views.phrases import counted, dotted, handle, name

DELETED = "The post that is answered was deleted. An answer may appear without it, or be refused."
_NAME = 40  # an alert takes two hundred characters


def audience_alert(form: ReplyForm, longest: int) -> Block:
    """At the head of form and preview, before a word is typed."""
    post, visibility = form.post, form.visibility
    lock = "🔒 " if visibility.is_closed else ""
    account = f", as {_short(form.account)}" if form.account is not None else ""
    kind = f"{lock}{visibility.in_words.capitalize()} answer"
    who = f"{kind} to {_handle(post)} on {_source(post)}{account}"
    length = counted(longest, "character")
    told = dotted(who, length, _readers(visibility, _handle(post)))
    if limits.size(told) > limits.ALERT:
        told = dotted(who, length, _readers(visibility, "they"))
    return alert(told, "default" if lock else "info")


def for_whom(reply: Reply, post: Post) -> str:
    """In a line of ours: “to @jane, public on x as @northwind”."""
    account = f" as {name(reply.account)}" if reply.account is not None else ""
    return f"to {handle(post)}, {reply.visibility.in_words} on {name(post.source)}{account}"


def in_words(reply: Reply, post: Post) -> str:
    """A sentence for a question that is asked before a press counts."""
    account = f" as {_short(reply.account)}" if reply.account is not None else ""
    way = (
        f"{reply.visibility.in_words.capitalize()}, on {_source(post)}{account}, to {_handle(post)}"
    )
    return f"{way}: {_readers(reply.visibility, _handle(post))}."


def _readers(visibility: Visibility, whom: str) -> str:
    match visibility:
        case Visibility.PUBLIC:
            return "everyone can read it"
        case Visibility.UNLISTED:
            return "everyone can read it, but no feed shows it"
        case Visibility.FOLLOWERS:
            return f"only {whom} and our followers can read it"
        case Visibility.PRIVATE:
            return f"only {whom} can read it"


def _handle(post: Post) -> str:
    return _short(f"@{post.author.handle.removeprefix('@')}")


def _source(post: Post) -> str:
    return _short(post.source)


def _short(text: str) -> str:
    return inert.one_line(text, _NAME)
