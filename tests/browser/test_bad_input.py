"""What people do to a page: twice at once, quickly, and in the middle of something else."""

from playwright.sync_api import expect


def test_two_pages_show_the_same_and_one_may_close_in_the_middle(visit, demo):
    one, two = visit(), visit()
    one.press(one.card(1042), "Claim")
    two.be("Cem", "care-service")
    two.card(1042, "has it")
    two.sees_ticks(1)
    one.press(one.card(1042, "has it"), "Reply")
    expect(one.form).to_be_visible()
    one.page.close()
    two.press(two.card(1044), "Claim")
    two.card(1044, "has it")


def test_ten_quick_presses_are_one(visit, demo):
    ann = visit()
    claim = ann.card(1042).get_by_role("button", name="Claim", exact=True)
    claim.evaluate("button => { for (let n = 0; n < 10; n += 1) button.click(); }")
    ann.card(1042, "has it")
    phone = ann.page.locator("#beside")
    thanks = phone.get_by_role("button", name="Say thanks").first
    thanks.evaluate("button => { for (let n = 0; n < 10; n += 1) button.click(); }")
    said = phone.locator(".phone-post", has_text="Thank you, that helped!")
    expect(said).to_have_count(1)
    jump = ann.page.get_by_role("button", name="+1 h")
    jump.evaluate("button => { for (let n = 0; n < 10; n += 1) button.click(); }")
    demo.slack.wait(lambda: demo.clock.ahead.total_seconds() == 36_000, what="ten hours")
    ann.looks("jumped")


def test_a_person_switched_in_the_middle_of_a_form_finds_it_again(visit):
    ann = visit()
    ann.press(ann.card(1042), "Reply")
    expect(ann.form).to_be_visible()
    here = ann.page.url
    ben = ann.page.locator("#people a", has_text="Ben").get_attribute("href")
    ann.page.evaluate("address => { location.hash = address; }", ben)
    expect(ann.form).to_have_count(0)
    ann.page.evaluate("address => { location.href = address; }", here)
    expect(ann.form).to_be_visible()
    ann.form.locator("textarea").fill("Half a word is a word.")
    ann.submit()
    expect(ann.form).to_contain_text("everybody can read it")
