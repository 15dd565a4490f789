"""Writing to a customer: the form, the second look, and what to do about an unknown outcome."""

from collections.abc import Iterator

from bot.domain.draft import mark_of
from bot.domain.post import Post
from bot.domain.reply import Outgoing, Reply
from bot.domain.reply_form import Preview, ReplyForm
from bot.views import inert, limits
from bot.views.audience import DELETED, audience_alert, in_words
from bot.views.blocks import (
    alert,
    button,
    context,
    input_block,
    modal,
    options,
    plain,
    quote,
    section,
    static_select,
    telling,
    text_input,
)
from bot.views.ids import Action, Field, Form, typing
from bot.views.limits import Block
from bot.views.outgoing import replies_are
from bot.views.phrases import (
    clock_time,
    counted,
    dotted,
    handle,
    left_over,
    name,
    place,
    reason,
    whole,
)

LONGEST = limits.TYPED
_EXCERPT = 1200
_LABEL = 60
_NEAR = 0.8  # of the length: from there on the form says how much is left

_NOT_ON = {
    Outgoing.HOLD: "Public replies are on hold. After Send, the answer waits on the card until you"
    " send it yourself.",
    Outgoing.OFF: "Public replies are switched off: nothing can be sent. Your words are kept as a"
    " draft. Press Reply again when they are on.",
}


def reply_form(form: ReplyForm, *, anew: bool = False) -> Block:
    """Who will read the answer, the customer's words, and one field.

    `anew` empties the field: Slack keeps what was typed in one that stays the same.
    """
    return modal(
        f"Answer #{form.case.id}",
        [
            audience_alert(form, _longest(form)),
            *_heads(form),
            *_posts(form),
            *_draft(form),
            *_accounts(form),
            _field(form, anew),
            *_warnings(form.warnings),
            context("Your words are kept as a draft while you write, every few seconds."),
        ],
        "Preview",
        Form.REPLY,
        str(form.draft.carried),
    ) | {"notify_on_close": True}


def recounted(form: ReplyForm) -> Block | None:
    """The form while it is typed in, once the length matters."""
    return reply_form(form) if len(form.text) >= _NEAR * _longest(form) else None


def reply_preview(preview: Preview) -> Block:
    """The text as it will stand, and what pressing *Send* does."""
    form = preview.draft
    is_off = preview.outgoing is Outgoing.OFF
    return modal(
        f"Send this on #{form.case.id}?",
        [
            audience_alert(form, _longest(form)),
            *_heads(form),
            *whole(preview.text),
            *_after(preview),
            *_warnings(form.warnings),
        ],
        None if is_off else "Send",
        Form.REPLY_PREVIEW,
        str(form.draft.carried),
        close="Close" if is_off else "Cancel",
    )


def found_form(reply: Reply, post: Post) -> Block:
    """Somebody looked, and it is there."""
    link = text_input(Field.LINK, placeholder="https://…")
    return modal(
        "The answer is there",
        [
            section("The answer below was found on the network. It counts as sent, only once."),
            context(plain(in_words(reply, post))),
            quote(reply.text, _EXCERPT),
            input_block(Field.LINK, "Link to it", link, optional=True),
        ],
        "It is there",
        Form.REPLY_FOUND,
        reply.key,
    )


def send_again_form(reply: Reply, post: Post) -> Block:
    """Names the risk that only a person may take."""
    return modal(
        "Send it again?",
        [
            section(
                "*This answer may be public already.* Nobody knows, because the network did not"
                " say. Look there first: sent again, the customer may read it twice."
            ),
            alert(in_words(reply, post)),
            quote(reply.text, _EXCERPT),
        ],
        "Send again",
        Form.SEND_AGAIN,
        reply.key,
    )


def _longest(form: ReplyForm) -> int:
    return min(form.limit or LONGEST, LONGEST)


def _heads(form: ReplyForm) -> Iterator[Block]:
    """What has to be known before a word is typed."""
    if form.outgoing in _NOT_ON:
        yield alert(_NOT_ON[form.outgoing], "error")
        yield context(replies_are(form.outgoing, form.outgoing_note))
    if form.is_deleted:
        yield alert(DELETED, "warning")
    if form.account is None and not form.accounts:
        source = name(form.post.source)
        yield context(f"No post from {source} names an account of ours: the answer names none.")


def _posts(form: ReplyForm) -> Iterator[Block]:
    """The post that is answered, another one in its place, and what came after it."""
    head = dotted(f"*{handle(form.post)}*", place(form.post))
    yield section(head, _choice(form))
    yield quote(form.post.text, _EXCERPT)
    if form.more_choices:
        older = counted(form.more_choices, "older post")
        yield context(f"The menu has their newest posts; {older} can be answered on the network.")
    if form.newest:
        yield context(f"{handle(form.newest)} wrote since:")
        yield quote(form.newest.text, _EXCERPT)


def _choice(form: ReplyForm) -> Block | None:
    """Their other posts, where there are some."""
    others = [one for one in form.choices if one.post.key != form.post.key]
    if not others:
        return None
    pairs = [(_option(one.post), one.mark) for one in reversed(form.choices)]
    chosen = next((one.mark for one in form.choices if one.post.key == form.post.key), None)
    return static_select(Action.CHOOSE_POST, options(pairs), "Answer another post", chosen)


def _option(post: Post) -> str:
    lock = "🔒 " if post.visibility.is_closed else ""
    return f"{lock}{inert.one_line(post.text, _LABEL) or 'no words'}"


def _draft(form: ReplyForm) -> Iterator[Block]:
    """Words that were kept are offered, never forced on anybody."""
    kept_at = form.draft.kept_at
    if kept_at and form.text:
        over = button("Start over", Action.START_OVER, str(form.case.id))
        yield section(f"Your draft of {clock_time(kept_at)}", over)
    yield from left_over(form.text, _longest(form))


def _accounts(form: ReplyForm) -> Iterator[Block]:
    if form.accounts:
        pairs = ((inert.one_line(one, _LABEL), mark_of(one)) for one in form.accounts)
        chosen = static_select(Field.ACCOUNT, options(pairs), "Choose an account")
        hint = "No post here names the account it was written to."
        yield input_block(Field.ACCOUNT, "Answer from (required)", chosen, hint)


def _field(form: ReplyForm, anew: bool) -> Block:
    longest = _longest(form)
    action = typing(form.draft.opened_at) if anew else Field.TEXT
    typed = text_input(action, True, form.text, longest, "What the customer will read")
    hint = f"Up to {counted(longest, 'character')}"
    if form.text:
        hint += f", {max(longest - len(form.text), 0):,} left with what is here"
    return telling(input_block(Field.TEXT, "Your answer", typed, hint))


def _after(preview: Preview) -> list[Block]:
    """What *Send* does; where replies are not on, the head of the form has said it."""
    if preview.outgoing is not Outgoing.ON:
        return []
    seconds = int(preview.undo.total_seconds())
    if not seconds:
        return [context("*Send* publishes it at once.")]
    told = f"*Send* publishes in {counted(seconds, 'second')}; until then *Undo* is on the card."
    return [context(told)]


def _warnings(warnings: tuple[str, ...]) -> list[Block]:
    return [context(f"⚠ {reason(warning)}") for warning in warnings]
