"""A link to a message leads to it, on this page and from outside, and never off the machine."""

from playwright.sync_api import expect

A_LINK = "a[href*='/archives/']"


def test_a_link_to_a_card_leads_to_the_card_and_stays_on_the_machine(visit, demo):
    cem = visit()
    cem.be("Cem", "care-service")
    called = cem.page.locator("#place article.message", has_text="unclaimed case").last
    href = called.locator(A_LINK).first.get_attribute("href")
    assert href.startswith(f"{demo.slack.url}/archives/")

    called.locator(A_LINK).first.click()

    pointed = cem.page.locator("#place .message.pointed")
    expect(pointed).to_be_in_viewport()
    stamp = pointed.get_attribute("data-field")
    assert href.endswith(f"/p{stamp.replace('.', '')}")
    assert len(cem.page.context.pages) == 1
    cem.looks("pointed")

    cem.page.goto(href)  # by itself it does not say who opens it: whoever looked last
    expect(cem.page.locator(f"#place .message.pointed[data-field='{stamp}']")).to_be_in_viewport()
    expect(cem.page.locator("#people a[aria-current]")).to_contain_text("Cem")

    cem.be("Eve", "care-triage")
    cem.page.locator("#place").locator(A_LINK).first.click()  # into a private channel of others
    expect(cem.page.locator("#place")).to_contain_text("You cannot see this channel")
