"""The first ten minutes, as Ann, Ben, Sue, Cem, Eve and Dora live them in a browser."""

from playwright.sync_api import expect

ANSWER = "Dear Jane, a new crew is on its way. Boarding at 19:40, and sorry for the morning!"


def test_the_ten_minutes_tick_every_step(visit):
    ann = visit()
    ann.looks("start")
    ann.press(ann.card(1042), "Claim")
    ann.sees_ticks(1)
    ann.press(ann.card(1042, "has it"), "Reply")
    ann.form.locator("textarea").fill(ANSWER)
    ann.submit()
    expect(ann.form).to_contain_text("everybody can read it")
    ann.looks("preview")
    ann.submit()
    ann.card(1042, "answer goes out")
    ann.looks()
    phone = ann.page.locator("#beside")
    answer = phone.locator(".phone-post", has_text="a new crew")
    expect(answer).to_be_visible(timeout=20_000)
    ann.press(answer, "Say thanks")
    ann.card(1042, "wrote again")
    ann.looks("thanks")
    ann.press(ann.card(1042), "Solve")
    ann.form.locator("textarea, input").first.fill("told her the new time")
    ann.submit()
    ann.card(1042, "solved by")
    ann.sees_ticks(5)

    ann.press(ann.card(1044), "Hand off")
    form = ann.form
    form.locator(".picker").first.click()
    ann.page.get_by_role("option", name="Technical").click()
    form.locator("textarea").first.fill("Three bag drop machines say “token expired”. Is it us?")
    ann.looks()
    ann.submit()
    ann.sees_ticks(6)

    ben = ann
    ben.be("Ben", "care-technical")
    ben.press(ben.card(1044), "Accept")
    ben.card(1044, "has it")
    ben.looks()
    ben.sees_ticks(7)

    sue = ann
    sue.be("Sue", "care-sales")
    sue.press(sue.card(1043), "Done")
    sue.sees_ticks(8)

    cem = ann
    cem.be("Cem", "rapid-response")
    cem.page.get_by_role("button", name="+1 h").click()
    cem.card(1043, "late")
    cem.looks("late")
    cem.press(cem.card(1043), "Acknowledge")
    cem.sees_ticks(10)
    cem.go("care-service")
    cem.type_command("/sla explain 1042")
    cem.sees_ticks(11)
    cem.looks()

    eve = ann
    eve.be("Eve", "care-triage")
    eve.type_command("/routing add marketing words:fox,mural,harbour")
    added = eve.page.locator("#place article.message", has_text="added a rule").last
    expect(added).to_be_visible()
    eve.looks("rule")
    eve.press(added, "Undo")
    eve.sees_ticks(13)
    eve.type_command("/desk outgoing off")
    eve.sees_ticks(14)
    eve.type_command("/desk outgoing on")
    eve.sees_ticks(15)

    dora = ann
    dora.be("Dora", "care-pr")
    dora.type_command('/incident declare "Stranded at B12"')
    dora.sees_ticks(16)
    eve.be("Eve", "care-triage")
    eve.type_command("/rota")
    eve.sees_ticks(17)
    eve.type_command("/desk setup")
    expect(eve.page.locator(".steps-next")).to_contain_text("All done")
    eve.looks()
