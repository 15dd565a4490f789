"""Writing to a customer: the form, the second look, and what to do about an unknown outcome."""

from dataclasses import dataclass

from bot.domain.ids import CaseId
from bot.domain.post import Visibility
from bot.domain.reply import Outgoing, Reply
from bot.domain.reply_form import Draft, Preview
from bot.views.blocks import context, input_block, modal, quote, section, text_input
from bot.views.ids import Field, Form
from bot.views.limits import METADATA, TEXT, Block
from bot.views.phrases import counted, dotted, handle, name, place, reason

LONGEST = TEXT  # so that the preview shows an answer whole, and the form remembers all of it
_EXCERPT = 1200


@dataclass(frozen=True)
class Carried:
    """What a form remembers from one step to the next: the text as it was typed, to the letter."""

    case: CaseId
    text: str

    def __str__(self) -> str:
        return f"{self.case}\n{self.text}"

    @property
    def fits(self) -> bool:
        return len(str(self)) <= METADATA

    @classmethod
    def read(cls, metadata: str) -> "Carried":
        case, _, text = metadata.partition("\n")
        return cls(CaseId(int(case)), text)


def reply_form(draft: Draft) -> Block:
    """The customer's words, who will read the answer, and one field."""
    return modal(
        f"Answer #{draft.case.id}",
        [
            section(dotted(f"*{handle(draft.post)}*", place(draft.post))),
            quote(draft.post.text, _EXCERPT),
            section(_audience(draft)),
            _field(draft),
            *_warnings(draft.warnings),
        ],
        "Preview",
        Form.REPLY,
        str(draft.case.id),
    )


def reply_preview(preview: Preview) -> Block:
    """The text as it will stand, and what pressing *Send* does."""
    draft = preview.draft
    return modal(
        f"Send this on #{draft.case.id}?",
        [
            section(_audience(draft)),
            quote(preview.text),
            context(_after(preview)),
            *_warnings(preview.warnings),
        ],
        "Send",
        Form.REPLY_PREVIEW,
        str(Carried(draft.case.id, preview.text)),
    )


def found_form(reply: Reply) -> Block:
    """Somebody looked, and it is there."""
    link = text_input(Field.LINK, placeholder="https://…")
    return modal(
        "The answer is there",
        [
            section("The answer below was found on the network. It counts as sent, only once."),
            quote(reply.text, _EXCERPT),
            input_block(Field.LINK, "Link to it", link, optional=True),
        ],
        "It is there",
        Form.REPLY_FOUND,
        reply.key,
    )


def send_again_form(reply: Reply) -> Block:
    """Names the risk that only a person may take."""
    return modal(
        "Send it again?",
        [
            section(
                "*This answer may be public already.* Nobody knows, because the network did not"
                " say. Look there first: sent again, the customer may read it twice."
            ),
            quote(reply.text, _EXCERPT),
        ],
        "Send again",
        Form.SEND_AGAIN,
        reply.key,
    )


def _audience(draft: Draft) -> str:
    account = f" as *{name(draft.account)}*" if draft.account else ""
    network = name(draft.post.source)
    if draft.visibility is Visibility.PUBLIC:
        return f"*PUBLIC* on {network}{account}: everybody can read it"
    return f"*PRIVATE* on {network}{account}: only {handle(draft.post)} can read it"


def _field(draft: Draft) -> Block:
    longest = min(draft.limit or LONGEST, LONGEST)
    typed = text_input(Field.TEXT, True, draft.text, longest, "What the customer will read")
    hint = f"Up to {counted(longest, 'character')}"
    if draft.text:
        hint += f", {max(longest - len(draft.text), 0):,} left with what stands here"
    return input_block(Field.TEXT, "Your answer", typed, hint)


def _after(preview: Preview) -> str:
    if preview.outgoing is Outgoing.OFF:
        return "Public replies are switched off: this will be refused"
    if preview.outgoing is Outgoing.HOLD:
        return "Public replies are on hold: it waits on the card until you send it yourself"
    seconds = int(preview.undo.total_seconds())
    if not seconds:
        return "*Send* sends it at once"
    return f"*Send* lets it wait {counted(seconds, 'second')}; *Undo* stands on the card till then"


def _warnings(warnings: tuple[str, ...]) -> list[Block]:
    return [context(f"⚠ {reason(warning)}") for warning in warnings]
