"""A troll and another customer write in Jane's thread: every page says whose words they are."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from bot.domain.ids import CaseId
from bot.domain.post import Author, Post

HERS = "Stuck at gate B12 since 6"  # other cards name hers
ANSWER = "Dear Jane, a new crew is on its way. Boarding at 19:40, and sorry for the morning!"


@pytest.fixture
def thread(demo):
    """`thread("@troll", "…")`: somebody writes under Jane's post."""
    return Thread(demo)


class Thread:
    def __init__(self, demo):
        self._receive = demo.network.publish
        with demo.services.kernel.look() as work:
            self.post = work.first_post(work.case(CaseId(1042))).post

    def __call__(self, handle: str, text: str) -> None:
        post = Post("x", f"{handle}:{len(text)}", text, Author(handle))
        self._receive(replace(post, conversation=self.post.id, in_reply_to=self.post.id))


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1024, True), (390, False)])
def test_no_answer_is_written_to_anybody_else(visit, demo, thread, width, dark):
    ann = visit(width, dark=dark)
    thread("@grumpybob", "Northwind never answers anybody. Worst airline there is.")
    thread("@fatima_r", "Stuck at B12 too, with two small children. Is there any food?")
    ann.card(1042, HERS, "others wrote in this conversation")
    theirs = ann.card(1046, "in the conversation of")
    expect(theirs).to_contain_text("food")
    ann.looks("others")
    ann.press(ann.card(1042, HERS), "Reply")
    expect(ann.form).to_contain_text("@jane_travels")
    ann.looks("reply-to-jane")
    ann.form.locator("textarea").fill(ANSWER)
    thread("@grumpybob", "And now they are typing. Give her a voucher, you cheapskates!")
    ann.submit()
    expect(ann.form).to_contain_text("@jane_travels")
    expect(ann.form).not_to_contain_text("voucher")
    ann.looks("preview-to-jane")
    ann.submit()
    ann.card(1042, HERS, "answer goes out")
    ann.looks("undo-to-jane")
    ann.card(1042, HERS, "answer was sent")
    sent = demo.network.feed("x", "@jane_travels")[-1]
    assert (sent.text, sent.in_reply_to) == (ANSWER, thread.post.id)
    for other in ("@grumpybob", "@fatima_r"):
        assert ANSWER not in [one.text for one in demo.network.feed("x", other)]
    ann.looks("answered-to-jane")
    ann.press(ann.card(1042, HERS), "More")
    ann.press(ann.form, "Show")
    expect(ann.form.last).to_contain_text("grumpybob")
    ann.looks("everything")
    for _ in ("everything", "more"):
        ann.page.keyboard.press("Escape")
    expect(ann.form).to_have_count(0)
    ann.press(ann.card(1042, HERS), "Reply")
    ann.form.locator("textarea").fill("Dinner is on us: ask for a voucher at the desk.")
    ann.submit()
    thread("@jane_travels", "Forget it, I have just been told to leave the airport.")
    thread("@grumpybob", "Told you so.")
    ann.submit()
    held = ann.card(1042, HERS, "on hold")
    ann.catch_up()
    expect(held).to_contain_text("to @jane_travels, public on x as @northwind")
    ann.looks("held")
    ann.press(held, "Send now")
    expect(ann.form).to_contain_text("@jane_travels")
    ann.looks("send-now")
