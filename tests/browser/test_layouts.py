"""Nothing breaks at any width: no sideways scrolling, no button on another."""

import pytest
from playwright.sync_api import expect

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
