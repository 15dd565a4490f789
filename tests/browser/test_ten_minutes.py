"""The first ten minutes, as Ann, Ben, Sue, Cem, Eve and Dora live them in a browser."""

import pytest
from playwright.sync_api import expect

ANSWER = "Dear Jane, a new crew is on its way. Boarding at 19:40, and sorry for the morning!"
UPDATE = "A new crew lands at 19:10; boarding at 19:40. Ann answers who asks."
SUMMARY = "A crew was out of hours. The next one flew in. Crews on call shortened the wait."


@pytest.mark.parametrize(
    ("width", "dark"),
    [(1440, False), (1440, True), (1024, False), (1024, True), (390, False), (390, True)],
)
def test_the_ten_minutes_tick_every_step(visit, width, dark):
    visitor = visit(width, dark=dark)
    ann_answers(visitor)
    ann_hands_off(visitor)
    ben_accepts(visitor)
    sue_does_her_part(visitor)
    cem_is_called(visitor)
    eve_sets_rules(visitor)
    dora_leads(visitor)
    ann_looks_home(visitor)
    eve_looks_round(visitor)
    ann_meets_a_cloud(visitor)
    eve_sets_up(visitor)


def ann_answers(ann):
    ann.looks("start")
    ann.press(ann.card(1042), "Claim")
    ann.sees_ticks(1)
    ann.looks("claimed")
    ann.press(ann.card(1042, "has it"), "Reply")
    expect(ann.form.locator("textarea")).to_be_visible()
    ann.looks("reply")
    ann.form.locator("textarea").fill(ANSWER)
    ann.submit()
    expect(ann.form).to_contain_text("everyone can read it")
    ann.looks("preview")
    ann.submit()
    ann.card(1042, "answer goes out")
    ann.looks("undo")
    answer = ann.phone().locator(".phone-post", has_text="a new crew")
    expect(answer).to_be_visible(timeout=20_000)
    ann.looks("phone")
    ann.press(answer, "Say thanks")
    ann.card(1042, "wrote again")
    ann.looks("thanks")
    ann.put_phone_away()
    ann.press(ann.card(1042), "Solve")
    ann.looks("solve")
    ann.form.locator("textarea, input").first.fill("told her the new time")
    ann.submit()
    ann.card(1042, "solved by")
    ann.sees_ticks(5)
    ann.looks("solved")


def ann_hands_off(ann):
    ann.press(ann.card(1044), "Hand off")
    form = ann.form
    form.locator(".picker").first.click()
    ann.looks("whom")
    ann.page.get_by_role("option", name="Technical").click()
    form.locator("textarea").first.fill("Three bag drop machines say “token expired”. Is it us?")
    ann.looks("hand-off")
    ann.submit()
    ann.sees_ticks(6)
    ann.looks("handed-off")


def ben_accepts(ben):
    ben.be("Ben", "care-technical")
    ben.card(1044)
    ben.looks("offered")
    ben.press(ben.card(1044), "Accept")
    ben.card(1044, "has it")
    ben.sees_ticks(7)
    ben.looks("accepted")


def sue_does_her_part(sue):
    sue.be("Sue", "care-sales")
    sue.card(1043)
    sue.looks("ask")
    sue.press(sue.card(1043), "Done")
    sue.sees_ticks(8)
    sue.looks("done")


def cem_is_called(cem):
    cem.be("Cem", "rapid-response")
    cem.page.get_by_role("button", name="+1 h").click()
    cem.card(1043, "late")
    cem.looks("late")
    cem.press(cem.card(1043), "Acknowledge")
    cem.sees_ticks(10)
    cem.looks("acknowledged")
    cem.go("care-service")
    cem.type_command("/sla explain 1042")
    cem.sees_ticks(11)
    cem.says("First answer")
    cem.looks("receipt")


def eve_sets_rules(eve):
    eve.be("Eve", "care-triage")
    eve.type_command("/routing add marketing words:fox,mural,harbour")
    added = eve.page.locator("#place article.message", has_text="added a rule").last
    expect(added).to_be_visible()
    eve.looks("rule")
    eve.press(added, "Undo")
    eve.sees_ticks(13)
    eve.looks("undone")
    eve.type_command("/desk outgoing off")
    eve.sees_ticks(14)
    eve.looks("brake")
    eve.type_command("/desk outgoing on")
    eve.sees_ticks(15)
    eve.type_command("/desk report")
    expect(eve.form).to_contain_text("First response")
    eve.looks("report")
    eve.leave_form()


def dora_leads(dora):
    dora.be("Dora", "care-pr")
    dora.type_command("/incident")
    expect(dora.form).to_be_visible()
    dora.looks("declare")
    dora.form.locator("input[type=text]").first.fill("Stranded at B12")
    dora.form.locator("input[type=text]").last.fill("words:gate,bag*")
    dora.submit()
    dora.sees_ticks(16)
    dora.looks("declared")
    dora.leave_form()
    dora.go("inc-")
    facts = dora.page.locator("#place article.message", has_text="SEV2").first
    expect(facts).to_contain_text("Lead")
    dora.type_command("/incident link 1042")
    expect(facts).to_contain_text("1 case ·")
    dora.looks("room")
    dora.press(facts, "Roles")
    dora.looks("roles")
    dora.leave_form()
    dora.press(facts, "Post update")
    dora.form.locator("textarea").fill(UPDATE)
    dora.looks("update")
    dora.submit()
    expect(facts).to_contain_text("A new crew lands")
    dora.sees_ticks(17)
    dora.looks("updated")
    dora.press(facts, "Catch up")
    dora.looks("catch-up")
    dora.press(facts, "Stand down")
    dora.form.locator("textarea").fill(SUMMARY)
    dora.looks("standing-down")
    dora.submit()
    expect(facts).to_contain_text("Stood down")
    dora.sees_ticks(18)
    dora.looks("stood-down")


def ann_looks_home(ann):
    ann.be("Ann", "home")
    expect(ann.page.locator(".home")).to_contain_text("Yours")
    ann.sees_ticks(19)
    ann.looks("home")


def eve_looks_round(eve):
    eve.be("Eve", "care-triage")
    eve.go("home")
    expect(eve.page.locator(".home")).to_contain_text("Set-up")
    eve.looks("home-of-an-admin")
    eve.go("care-triage")
    eve.type_command("/rota")
    eve.sees_ticks(20)
    eve.looks("rota")


def ann_meets_a_cloud(ann):
    ann.be("Ann", "care-service")
    ann.customers("Ash cloud")
    digest = ann.page.locator("#place article.message", has_text="A storm is on").first
    expect(digest).to_be_visible(timeout=40_000)
    ann.sees_ticks(21)
    ann.customers("Silent")
    digest.evaluate("message => message.scrollIntoView({ block: 'start' })")
    ann.looks("cloud")
    digest.get_by_role("button", name="Open #").first.click()
    expect(ann.form).to_contain_text("Unclaimed")
    ann.looks("opened-line")
    ann.press(ann.form, "Claim")
    expect(ann.form.get_by_role("button", name="Solve", exact=True)).to_be_visible()
    ann.looks("claimed-line")
    ann.leave_form()
    ann.sees_ticks(22)
    expect(digest.locator("a.replies")).to_be_visible(timeout=20_000)
    digest.locator("a.replies").click()
    expect(ann.page.locator("#thread article.message").last).to_contain_text("has it")
    ann.looks("cloud-thread")
    ann.page.locator("#close-thread").click()
    ann.type_command("/case queue")
    ann.sees_ticks(23)
    ann.looks("cloud-queue")


def eve_sets_up(eve):
    eve.be("Eve", "care-triage")
    eve.type_command("/desk setup")
    expect(eve.page.locator(".steps-next")).to_contain_text("All done")
    eve.says("Set-up")
    eve.looks("setup")
    eve.page.locator(".steps summary").click()
    eve.looks("try-this")
    eve.page.locator(".steps summary").click()
