"""What was typed, read: every way people write, and nothing that breaks the reader."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.durations import minutes, parse_duration
from bot.domain.errors import BotError
from bot.domain.post import Priority
from bot.domain.sla import EVERY, Promise
from bot.services.policies import SlaOrder
from handlers.commands import grammar
from handlers.commands.grammar import Misread, Place
from handlers.commands.registry import BARE, COMMANDS, find
from handlers.commands.sla import wish, worded
from tests.company import SALES, SERVICE

# What the grammar knows, and what nobody should type.
PIECES = st.one_of(
    st.sampled_from([
        "claim", "take", "close", "handoff", "snooze", "merge", "into", "add", "set", "first",
        "department", "member", "admins", "#1042", "1042", "0", "9" * 40, "@ann", "<@U1|ann>",
        "<#C1|>", "<!channel>", "<", ">", "&gt;", "&amp;", "“", "”", "–", "2h", "75%", "also:",
        "set-priority:urgent", "also:x,,y", "hours:business", "priority:high", "words:", "٣", "²",
        "\n", "\x00", "\u202e", "\ud800", "<https://x.example|x>", "words:a", "-", "*", "'",
    ]),
    st.text(max_size=12),
)  # fmt: skip
TYPED = st.lists(PIECES, max_size=7).map(" ".join)


@settings(max_examples=150)
@given(noun=st.sampled_from(sorted(BARE)), text=TYPED)
def test_whatever_is_typed_is_read_or_refused_by_name(noun: str, text: str):
    command, rest = find(noun, text)
    if command is None:
        return
    with suppress(BotError, Misread):
        command.takes(rest)


@settings(max_examples=100)
@given(text=TYPED, command=st.sampled_from(sorted(COMMANDS)))
def test_every_reader_alone_refuses_by_name(text: str, command: str):
    with suppress(BotError, Misread):
        COMMANDS[command].takes(text)


@given(text=st.text(alphabet="ab &<>@#|é\n", max_size=30))
def test_what_slack_escapes_reads_as_it_was_typed(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert grammar.as_typed(escaped) == text.strip()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("take 1042", "claim 1042"),
        ("Transfer #1042 @ben", "handoff #1042 @ben"),
        ("page 1042", "escalate 1042"),
        ("1042 reply", "reply 1042"),
        ("#1042", "show #1042"),
        ("1042, take", "claim 1042,"),
        ("close 1042 done", "resolve 1042 done"),
        ("close words:spam", "close words:spam"),
        ("“claim” 1042", "claim 1042"),
    ],
)
def test_a_verb_stands_in_front_by_its_own_name(typed: str, meant: str):
    assert grammar.about_case(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@U1|ann>", Place(True, "U1")),
        ("<#C1|care-sales>", Place(False, "C1")),
        ("<#C1|>", Place(False, "C1")),
        ("@ann", Place(True, "@ann")),
        ("#care-sales", Place(False, "care-sales")),
        ("sales", Place(False, "sales")),
        ("<mailto:ann@example.com|ann@example.com>", Place(True, "ann@example.com")),
    ],
)
def test_places_as_people_write_them(typed: str, meant: Place):
    assert grammar.place(typed) == meant


@pytest.mark.parametrize("typed", ["", "@", "#", "two words", "“”"])
def test_what_is_no_place_is_misread(typed: str):
    with pytest.raises(Misread):
        grammar.place(typed)


@pytest.mark.parametrize(
    ("reader", "typed", "meant"),
    [
        (grammar.case_into_case, "1 into #2", (1, 2)),
        (grammar.case_into_case, "1 2", (1, 2)),
        (grammar.case_into_case, "1", (1, None)),
        (grammar.case_and_duration, "1 20m", (1, minutes(20))),
        (grammar.two_counts, "3 to 1", (3, 1)),
        (grammar.two_counts, "3 1", (3, 1)),
        (grammar.case_and_place, "1 @ann  is it? ", (1, Place(True, "@ann"), "is it?")),
    ],
)
def test_the_readers(reader: Any, typed: str, meant: object):
    assert reader(typed) == meant


@pytest.mark.parametrize("typed", ["", "x", "1042x", "1042 1043", "-1", "0", "１０", "1" * 16])
def test_what_is_no_case_number_is_misread(typed: str):
    with pytest.raises(Misread):
        grammar.case(typed)


def test_a_line_break_in_the_words_is_kept():
    assert grammar.case_and_words("1042 first\nsecond") == (1042, "first\nsecond")


@given(
    st.builds(
        SlaOrder,
        st.sampled_from([EVERY, SERVICE, SALES]),
        st.sampled_from(Promise),
        st.sampled_from(["30m", "1h", "1d", "3bd"]).map(parse_duration),
        st.none() | st.sampled_from(Priority),
        st.none() | st.booleans(),
    )
)
def test_a_promise_in_words_reads_as_it_was(order: SlaOrder):
    read = wish(worded(order))
    assert read
    assert (read.where.name, read.promise, read.duration) == (
        order.department, order.promise, order.duration,
    )  # fmt: skip
    assert (read.priority, read.business) == (order.priority, order.business)
