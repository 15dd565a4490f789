"""A wait ends when it is so, or when nobody has anything to do any more; no clock ends it."""

from itertools import count

import pytest

from slack_sandbox.waiting import Patience, wait

FIVE_LOOKS = Patience(looks=5)


def test_what_comes_late_is_waited_for_while_something_moves(slack, ann):
    looks = count(1)

    def late():
        ann.say("care", "still at it")
        return next(looks) > 3 * FIVE_LOOKS.looks

    slack.channel("care", members=[ann])
    assert wait(slack.workspace, late, "the end", FIVE_LOOKS)


def test_where_nothing_moves_it_says_at_once_what_there_is_instead(slack, ann):
    slack.channel("care", members=[ann])
    ann.say("care", "Good morning")
    with pytest.raises(AssertionError) as told:
        wait(slack.workspace, lambda: False, "a card", FIVE_LOOKS)
    assert "nothing moves any more, without a card" in str(told.value)
    assert "newest in care: 'Good morning" in str(told.value)
    assert "under way: nothing" in str(told.value)


def test_quiet_work_under_way_is_waited_for_and_named(slack):
    looks = count(1)

    def at_work():
        return ["card:1001"] if next(looks) < 4 else []

    slack.hear_of_work(at_work)
    with pytest.raises(AssertionError, match="nothing moves any more"):
        wait(slack.workspace, lambda: False, "a card", Patience(looks=1))
    assert next(looks) > 4
    slack.hear_of_work(lambda: ["a reply"])
    with pytest.raises(AssertionError, match="under way: a reply"):
        wait(slack.workspace, lambda: False, "a card", Patience(seconds=0.2, looks=1))
