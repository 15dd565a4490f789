"""Nothing breaks at any width: no sideways scrolling, no button on another."""

import pytest
from playwright.sync_api import expect

from bot.demo.cloud import draw_cloud
from bot.domain.ids import MemberId

WIDTHS = (1440, 1024, 390)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_of_the_page_holds_at_every_width(visit, width):
    ann = visit(width)
    ann.looks("opened")
    ann.page.locator(".steps summary").click()
    ann.looks("steps")
    ann.page.locator(".steps summary").click()
    ann.press(ann.card(1042), "Reply")
    expect(ann.form).to_be_visible()
    ann.looks("answering")
    ann.leave_form()
    ann.page.locator("#place a.replies").last.click()
    expect(ann.page.locator("#thread")).to_be_visible()
    ann.looks("thread")
    ann.page.locator("#close-thread").click()
    expect(ann.page.locator("#thread")).to_be_hidden()  # where it was, the phone comes back
    ann.phone()
    ann.looks("phone-aside")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_phone_writes_edits_and_deletes_at_every_width(visit, width):
    ann = visit(width)
    phone = ann.phone()
    phone.locator("select").select_option("bob")
    phone.locator("textarea").fill("my bag is purple")
    phone.get_by_role("button", name="Post").click()
    said = phone.locator(".phone-post", has_text="my bag is")
    expect(said).to_contain_text("purple")
    said.get_by_role("button", name="Edit").click()
    phone.locator("textarea").fill("my bag is violet")
    phone.get_by_role("button", name="Save").click()
    expect(said).to_contain_text("violet")
    said.get_by_role("button", name="Delete").click()
    expect(phone.locator(".phone-gone")).to_be_visible()
    ann.looks("edited")


def test_the_phone_turns_to_whoever_is_answered_but_from_under_no_ones_hands(demo, visit):
    ann = visit(1440)
    member = next(one for one in demo.slack.workspace.members.values() if one.real_name == "Ann")
    jane = ann.phone().locator("select").input_value()
    first, second = (cue.post for cue in draw_cloud(1)[:2])
    answer(demo, ann, first, MemberId(member.id))
    expect(ann.phone().locator(".phone-about")).to_contain_text(first.author.handle)
    expect(ann.phone().locator(".phone-post.ours")).to_contain_text("You fly at six.")
    assert ann.phone().locator("select").input_value() != jane

    ann.phone().locator("textarea").fill("And my bag?")
    answer(demo, ann, second, MemberId(member.id))
    expect(ann.phone().locator("option", has_text=second.author.name)).to_have_count(1)
    expect(ann.phone().locator(".phone-about")).to_contain_text(first.author.handle)
    expect(ann.phone().locator("textarea")).to_have_value("And my bag?")


def answer(demo, visitor, post, by) -> None:
    case = demo.network.publish(post).case
    demo.services.casework.claim(case, by=by)
    demo.services.replies.submit(case, "You fly at six.", by=by, once=post.id)
    visitor.page.get_by_role("button", name="+1 h").click()
