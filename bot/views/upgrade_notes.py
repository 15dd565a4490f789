"""What the first start after an upgrade has found, once, for a person to look at."""

from bot.domain.facts import NoteFacts
from bot.domain.ids import CaseId
from bot.views.drawn import Drawn
from bot.views.note_parts import figure, line
from bot.views.phrases import counted, number


def parted(facts: NoteFacts) -> Drawn:
    """A case has one customer now."""
    words = ["The desk was upgraded: a case now has one customer"]
    if cases := figure(facts, "cases"):
        posts = counted(figure(facts, "posts"), "post")
        words.append(
            f"{posts} of other people in {counted(cases, 'case')} are now listed under *Show*. "
            "Nothing was opened, closed or restarted"
        )
    if still := _listed(facts, "open", "more_open"):
        words.append(f"Check these open cases for somebody who still waits: {still}")
    if ours := _listed(facts, "ours", "more_ours"):
        words.append(f"These open cases began with a post of our own: {ours}. {_of_ours(facts)}")
    return line(facts, ". ".join(words))


def _of_ours(facts: NoteFacts) -> str:
    close = "Close them with *No reply needed*"
    left = figure(facts, "left")
    if not left:
        return close
    return f"They hold {counted(left, 'post')} of customers: answer those first. {close}"


def _listed(facts: NoteFacts, key: str, more_key: str) -> str:
    found, more = facts.args.get(key), figure(facts, more_key)
    cases = [number(CaseId(one)) for one in found] if isinstance(found, list) else []
    return ", ".join(cases) + (f" and {more:,} more (`/case find is:open`)" if more else "")
