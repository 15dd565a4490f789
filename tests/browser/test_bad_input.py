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
    expect(ann.form).to_contain_text("everyone can read it")


def test_on_a_slow_phone_a_press_waits_its_turn_and_counts_once(visit):
    ann = visit(390)
    slow = ann.page.context.new_cdp_session(ann.page)
    slow.send("Network.enable")
    line = {
        "offline": False,
        "latency": 600,
        "downloadThroughput": 50_000,
        "uploadThroughput": 50_000,
    }
    slow.send("Network.emulateNetworkConditions", line)
    claim = ann.card(1042).get_by_role("button", name="Claim", exact=True)
    claim.click()
    expect(claim).to_have_attribute("aria-busy", "true")
    claim.click(force=True)
    ann.press(ann.card(1042, "has it"), "Reply")
    expect(ann.form).to_be_visible(timeout=20_000)
    ann.looks("slow")
    ann.form.locator("textarea").fill("Somebody is on the way to you.")
    ann.submit()
    expect(ann.form).to_contain_text("everyone can read it", timeout=20_000)


def test_who_types_high_up_in_a_channel_sees_the_answer(visit):
    ann = visit()
    ann.page.locator("#place .messages").evaluate("list => { list.scrollTop = 0; }")
    ann.type_command("/sla explain 1042")
    ann.says("First answer")
    expect(ann.page.locator("#place article.message").last).to_be_in_viewport()


def test_keys_alone_lead_through_a_reply(visit):
    ann = visit()
    keys = ann.page.keyboard
    ann.card(1042).get_by_role("button", name="Reply", exact=True).focus()
    keys.press("Enter")
    expect(ann.form.locator("textarea")).to_be_focused()
    keys.type("A new crew is on its way.")
    for _ in range(2):
        keys.press("Tab")
    keys.press("Enter")
    expect(ann.form).to_contain_text("everyone can read it")
    keys.press("Escape")
    expect(ann.form).to_have_count(0)
    ann.card(1042, "is writing")  # what was typed is kept
