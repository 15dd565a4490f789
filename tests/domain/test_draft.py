"""What a form remembers of a draft: read back whole, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.draft import Carried, Draft, ReplyTarget
from bot.domain.ids import CaseId, PostKey
from bot.domain.post import Visibility
from tests.company import ANN, MONDAY

TARGET = ReplyTarget(PostKey("x:1"), "@northwind", Visibility.PRIVATE)
DRAFT = Draft(CaseId(1042), ANN, TARGET, MONDAY)


def test_what_a_form_remembers_is_read_back():
    for draft in (DRAFT, DRAFT.look_twice("Dear Jane\n", MONDAY)):
        assert Carried.read(str(draft.carried)) == draft.carried


def test_it_is_short_however_long_the_words_and_names_are():
    long = replace(TARGET, post=PostKey("x:" + "1" * 255), account="@" + "n" * 255)
    draft = replace(DRAFT, target=long).look_twice("😀" * 3000, MONDAY)
    assert len(str(draft.carried)) < 100


@pytest.mark.parametrize(
    "other",
    [
        replace(TARGET, post=PostKey("x:2")),
        replace(TARGET, account="@northwind_help"),
        replace(TARGET, account=None),
        replace(TARGET, account=""),
        replace(TARGET, visibility=Visibility.PUBLIC),
    ],
)
def test_another_target_is_told_from_it(other: ReplyTarget):
    assert other.mark != TARGET.mark


@pytest.mark.parametrize("memory", ["", "1042", "1042\nDear Jane", "1042:x:1:", "0:0:0:0"])
def test_what_is_no_memory_of_ours_is_refused(memory: str):
    with pytest.raises(ValueError, match=memory or ".*"):
        Carried.read(memory)


def test_an_audience_is_wider_than_each_after_it_and_no_other():
    steps = [Visibility(word) for word in ("public", "unlisted", "followers", "private")]
    assert steps == list(Visibility)
    for n, one in enumerate(steps):
        assert [other for other in steps if one.is_wider_than(other)] == steps[n + 1 :]


def test_only_words_are_kept():
    assert not DRAFT.keep(" \n", MONDAY).has_words
    assert DRAFT.keep(" \n", MONDAY).kept_at is None
    assert DRAFT.keep("x", MONDAY + timedelta(1)).kept_at == MONDAY + timedelta(1)
