"""Somebody before the page: what they press and see, and whether the layout holds."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# Pairs of things to press that stand in one another's way, both of them reachable.
OVERLAPS = """() => {
  const inView = ({ left, top, right, bottom }) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  const layer = (node) => node.closest("dialog, [popover], #beside, #sidebar, .steps ol");
  const all = [...document.querySelectorAll("button, a, select, textarea, summary")].map((node) => {
    const box = node.getBoundingClientRect();
    return { node, box };
  }).filter(({ node, box }) => {
    if (!box.width || !inView(box)) return false;
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return hit && (node === hit || node.contains(hit)) && !node.closest(".tools");
  });
  const wrong = [];
  all.forEach((a, at) => all.slice(at + 1).forEach((b) => {
    if (a.node.contains(b.node) || b.node.contains(a.node)) return;
    if (layer(a.node) !== layer(b.node)) return;
    const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    if (width > 1 && height > 1) wrong.push(`${a.node.textContent} × ${b.node.textContent}`);
  }));
  return wrong;
}"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


class Visitor:
    def __init__(self, page: Page, url: str, pictures: Path | None):
        self.page = page
        self.errors: list[str] = []
        self._pictures = pictures
        page.set_default_timeout(8_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(url)
        expect(page.locator(".steps-bar")).to_be_visible()
        expect(page.locator(".message").first).to_be_visible()

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def be(self, name: str, channel: str) -> None:
        """Become this colleague, and go to this channel."""
        self.page.locator("#people a", has_text=name).click()
        expect(self.page.locator("#people a[aria-current]")).to_contain_text(name)
        self.go(channel)

    def go(self, channel: str) -> None:
        if self.page.locator("#drawer").is_visible():
            self.page.locator("#drawer").click()
        self.page.locator("#sidebar a", has_text=channel).click()
        expect(self.page.locator("#place h1")).to_contain_text(channel)

    def card(self, number: int, *says: str) -> Locator:
        """The newest message about the case, once it says all that."""
        found = self.page.locator("#place article.message", has_text=f"#{number}")
        for words in says:
            found = found.filter(has_text=words)
        expect(found.last).to_be_visible(timeout=20_000)
        return found.last

    def press(self, where: Locator, name: str) -> None:
        where.get_by_role("button", name=name, exact=True).first.click()

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog[open]")

    def submit(self) -> None:
        """Send the form on top and wait until it is another one, or none."""
        title = self.form.locator("h2").inner_text()
        self.form.locator("footer button").last.click()
        expect(self.form.locator("h2", has_text=title)).to_have_count(0)

    def type_command(self, text: str) -> None:
        box = self.page.locator("#place .composer textarea")
        box.fill(text)
        box.press("Escape")
        box.press("Enter")
        expect(box).to_have_value("")

    def sees_ticks(self, number: int) -> None:
        expect(self.page.locator(".steps-count")).to_contain_text(f"{number} of", timeout=20_000)

    def looks(self, picture: str = "") -> None:
        """Nothing sticks out or lies on something else; with a name, it is kept as a picture."""
        assert not self.page.evaluate(TOO_WIDE)
        assert self.page.evaluate(OVERLAPS) == []
        if self._pictures and picture:
            self.page.mouse.move(0, 0)
            self.page.screenshot(path=self._pictures / f"{picture}.png")
