"""What the desk prints can be pasted back as it stands: conditions, times, handles, hints."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.conditions import CONDITIONS, compile_query
from bot.domain.department import Person
from bot.domain.durations import Duration, parse_duration
from bot.domain.errors import BadQuery
from bot.domain.ids import MemberId
from bot.domain.local_time import parse_days, parse_times
from bot.domain.search import parse
from bot.domain.setup_rota import days_written
from bot.views import inert
from bot.views.phrases import name, reason
from bot.views.sentences import sentence
from handlers.reading import as_written
from tests.company import ANN, DORA, EVE
from tests.desk import TestDesk
from tests.handlers.house import House, words

UNSEEN = ("\u2060", "\u200b", "\ufeff", "\u200e", "\u202a", "\u2068")
QUERIES = [one.example for one in CONDITIONS.values()]
HANDLES = st.from_regex(
    r"@[a-z0-9_]{1,12}(\.[a-z]{2,8}){0,2}(@[a-z]{2,8}\.example)?", fullmatch=True
)


def printed(answer: dict[str, object]) -> str:
    """As somebody who copies it has it, with what nobody sees."""
    return words(answer["blocks"])


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize("query", QUERIES)
def test_a_condition_is_printed_as_it_is_typed(query: str):
    shown = unescaped(reason(str(parse(query))))
    assert parse(as_written(shown)) == parse(query)
    assert "\u2060" not in shown or "#" in query or "." in query


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_sees_is_not_read(query: str, unseen: str):
    assert parse(query.replace(":", f":{unseen}")) == parse(query)
    assert parse(f"{unseen}{query}{unseen}") == parse(query)


@given(HANDLES)
def test_a_handle_finds_its_author_as_it_is_printed(handle: str):
    assert as_written(unescaped(name(handle))) == handle


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_a_time_is_printed_as_it_is_typed(hour: int, minute: int, until: int, to: int):
    times = f"{hour:02}:{minute:02}-{until:02}:{to:02}"
    assert reason(f"shift mon-fri {times} of ann") == f"shift mon-fri {times} of ann"
    broken = times.replace(":", ":\u2060").replace("-", "\u200b-")
    assert parse_times(broken) == parse_times(times)


@given(st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 10**6))
def test_days_and_durations_are_read_as_they_are_printed(days: frozenset[int], seconds: int):
    assert parse_days(reason(days_written(days))) == days
    for duration in (parse_duration(f"{seconds}s"), Duration(business_days=3)):
        assert parse_duration(reason(f"{duration}\u2060")) == duration


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_words_of_ours_are_taken_back_to_the_letter(text: str):
    clean = inert.clean(text)
    assert inert.revived(unescaped(inert.ours(clean))) == inert.revived(
        unescaped(inert.plain(clean))
    )


@pytest.mark.parametrize("typed", ["lagn:nl", "priority:hihg", "a:b", "words:", "is:opne"])
def test_a_hint_can_be_typed(typed: str):
    with pytest.raises(BadQuery) as refused:
        compile_query(parse(typed))
    hints = re.findall(r"Try: (\S+:\S+)$", unescaped(sentence(refused.value)))
    for hint in hints:
        assert "\u2060" not in hint
        compile_query(parse(hint))


def test_a_rule_is_added_again_by_its_own_line(house: House):
    house.type("/routing add service words:refund,voucher lang:nl set-priority:high", by=EVE)
    line = printed(house.type("/routing", by=EVE))
    (conditions,) = re.findall(r"(\S*words:\S*refund\S* .*?) → ", line)
    again = printed(house.type(f"/routing add service {conditions}", by=EVE))
    assert "cannot be read" not in again
    assert "words:refund,voucher lang:nl" in again, "printed without what nobody sees"


def test_a_case_is_found_by_the_handle_that_its_card_prints(house: House):
    case = house.story.post(by="@northwind@social.example")
    shown = printed(house.type(f"/case {case}"))
    handle = re.search(r"@northwind\S*example", shown)
    assert handle
    assert f"#{case}" in printed(house.type(f"/case find author:{handle[0]}"))


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_command_is_understood_with_what_nobody_sees_in_it(house: House, unseen: str):
    case = house.story.post()
    house.type(f"/case {unseen}claim{unseen} {unseen}#{unseen}{case}")
    assert house.story.case(case).assignee == ANN


# People


def test_an_admin_is_removed_again(house: House):
    house.type("/desk admins add @dora", by=EVE)
    told = printed(house.type("/desk admins remove @dora", by=EVE))
    assert "no admin of the desk any more" in told
    assert "<@UDORA>" not in printed(house.type("/desk admins", by=EVE))
    assert "is no admin of the desk" in printed(house.type("/desk admins remove @dora", by=EVE))
    assert "Usage: `/desk admins remove @person`" in printed(
        house.type("/desk admins remove", by=EVE)
    )


def test_who_is_an_admin_otherwise_is_not_removed_here(house: House):
    told = printed(house.type("/desk admins remove @eve", by=EVE))
    assert "admin of the workspace, and nobody was added" in told


def test_of_two_with_one_name_both_are_named(house: House):
    kims = [
        Person(MemberId(f"UKIM{n}"), f"Kim {called}") for n, called in enumerate(("Lee", "Park"))
    ]
    with house.story.work() as work:
        work.tx.people.put(kims)
    told = printed(house.type("/desk admins add @kim", by=EVE))
    assert "“@kim” may be <@UKIM0>, <@UKIM1>" in told
    assert "choose the person from Slack's list" in told


def test_a_removal_is_taken_back(story: TestDesk):
    story.administration.add_admin(DORA, by=EVE)
    story.administration.undo(story.administration.remove_admin(DORA, by=EVE), by=EVE)
    assert DORA in story.administration.admins(by=EVE)
