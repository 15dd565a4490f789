"""What the demo's customers say: enough of it, by known people, in several languages."""

from collections import Counter

from bot.demo.customers import ACCOUNTS, read_customers, read_lines
from bot.demo.past import PAST, TO_BEGIN_WITH
from bot.demo.play import SCENARIOS, Play, read_scenario
from bot.demo.steps import STEPS, offered
from bot.domain.post import PostKind


def test_the_day_has_at_least_120_posts_edits_a_deletion_and_people_who_return():
    cues = read_scenario(SCENARIOS["day"], read_customers())
    assert len(cues) >= 120
    kinds = Counter(cue.post.kind for cue in cues)
    assert kinds[PostKind.EDIT] >= 1
    assert kinds[PostKind.DELETE] >= 1
    assert max(Counter(cue.post.author.handle for cue in cues).values()) >= 3
    assert {cue.post.source for cue in cues} == set(ACCOUNTS)


def test_no_post_says_the_same_as_another_and_what_is_answered_was_said_before():
    cues = read_scenario(SCENARIOS["day"], read_customers())
    texts = [cue.post.text for cue in cues if cue.post.text]
    assert len(set(texts)) == len(texts)
    said = {f"n{number}" for number, _ in enumerate(read_lines(TO_BEGIN_WITH), start=1)}
    for cue in cues:
        assert cue.post.in_reply_to is None or cue.post.in_reply_to in said
        assert cue.post.kind is PostKind.POST or cue.post.id in said
        said.add(cue.post.id)


def test_the_past_is_seven_days_of_known_customers():
    customers = read_customers()
    told = list(read_lines(PAST))
    assert {line["day"] for line in told} == set(range(7))
    assert all(line["by"] in customers for line in told)


def test_a_step_is_shown_only_where_its_command_exists():
    assert len(offered({"/incident", "/rota"})) == len(STEPS)
    assert not any(step.needs for step in offered(set()))


def test_customers_wait_while_they_are_still_and_go_on_when_told():
    cues = read_scenario(SCENARIOS["day"], read_customers())[:3]
    said = []
    play = Play(cues, said.append, speed=0)
    play.start()
    assert said == []
    play.speed = 100_000
    play._thread.join(timeout=60)
    assert [post.id for post in said] == [cue.post.id for cue in cues]
    play.stop()
