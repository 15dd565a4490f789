"""Somebody before the page: what they press and see, and whether the layout holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# Pairs of things to press that stand in one another's way, both of them reachable.
OVERLAPS = """() => {
  const inView = ({ left, top, right, bottom }) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  const scrolled = ".messages, .view-body, .phone-list, .home, .steps ol, #people";
  const shown = (node) => {
    const box = node.getBoundingClientRect();
    const frame = node.closest(scrolled)?.getBoundingClientRect() ?? box;
    const [left, top] = [Math.max(box.left, frame.left), Math.max(box.top, frame.top)];
    const [right, bottom] = [Math.min(box.right, frame.right), Math.min(box.bottom, frame.bottom)];
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  };
  const layer = (node) => node.closest("dialog, [popover], #beside, #sidebar, .steps ol");
  const all = [...document.querySelectorAll("button, a, select, textarea, summary")].map((node) => {
    const box = shown(node);
    return { node, box };
  }).filter(({ node, box }) => {
    if (!box.width || !box.height || !inView(box)) return false;
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
# Words in view that stand out too little from what is behind them (WCAG AA).
FAINT = """() => {
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    const scale = text.startsWith("color(") ? 255 : 1;
    return [r * scale, g * scale, b * scale, a];
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const ground = (node) => {
    if (!node) return [255, 255, 255];
    const colour = parse(getComputedStyle(node).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, ground(node.parentElement));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (node) => {
    const behind = ground(node);
    const [one, two] = [over(parse(getComputedStyle(node).color), behind), behind].map(light);
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = new Set();
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    const isShown = node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!words.currentNode.data.trim() || !isShown || node.closest(":disabled, option")) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = contrast(node);
    if (found < (isLarge ? 3 : 4.5)) faint.add(`${found.toFixed(2)} ${words.currentNode.data}`);
  }
  return [...faint];
}"""
A_CALL = re.compile("Open the card")  # a line of its own that leads to the card
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@dataclass(frozen=True)
class Album:
    """Where what was seen is kept: some of it for the documents, or every look for an eye."""

    documents: Path | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # a look, and its picture's name
    every_look: Path | None = None
    prefix: str = ""

    def keep(self, page: Page, number: int, look: str) -> None:
        if self.documents and look in self.names:
            page.screenshot(path=self.documents / f"{self.names[look]}.png")
        if self.every_look:
            page.screenshot(path=self.every_look / f"{self.prefix}-{number:02}-{look}.png")


class Visitor:
    def __init__(self, page: Page, url: str, album: Album):
        self.page = page
        self.errors: list[str] = []
        self._album = album
        self._looks = count(1)
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
        self.put_phone_away()
        if self.page.locator("#drawer").is_visible():
            self.page.locator("#drawer").click()
        self.page.locator("#sidebar a", has_text=channel).click()
        expect(self.page.locator("#place h1")).to_contain_text(channel)

    def card(self, number: int, *says: str) -> Locator:
        """The newest message about the case that is no call for it, once it says all that."""
        about = self.page.locator("#place article.message", has_text=f"#{number}")
        found = about.filter(has_not_text=A_CALL)
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
        expect(self.form.locator("h2", has_text=title)).to_have_count(0, timeout=20_000)

    def leave_form(self) -> None:
        self.form.get_by_role("button", name="Close").first.click()
        expect(self.form).to_have_count(0)

    def says(self, words: str) -> None:
        """The newest message here says so."""
        newest = self.page.locator("#place article.message").last
        expect(newest).to_contain_text(words, timeout=20_000)

    def type_command(self, text: str) -> None:
        box = self.page.locator("#place .composer textarea")
        box.fill(text)
        box.press("Escape")
        box.press("Enter")
        expect(box).to_have_value("")

    def customers(self, mood: str) -> None:
        """How they write from now on."""
        self.page.locator(".demo-speed").select_option(label=mood)
        expect(self.page.locator(".demo-speed option:checked")).to_have_text(mood)

    def sees_ticks(self, number: int) -> None:
        expect(self.page.locator(".steps-count")).to_contain_text(f"{number} of", timeout=20_000)

    def phone(self) -> Locator:
        """The customer's phone, taken out where it does not lie beside the page."""
        phone = self.page.locator("#beside")
        if not phone.is_visible():
            self.page.locator(".phone-tab").click()
        expect(phone).to_be_visible()
        return phone

    def put_phone_away(self) -> None:
        closer = self.page.locator(".phone-close")
        if closer.is_visible():
            closer.click()

    def catch_up(self) -> None:
        """Down to the newest message, where the page offers that."""
        newer = self.page.locator("button.jump:visible")
        if newer.count():
            newer.first.click()

    def looks(self, at: str) -> None:
        """Nothing sticks out or lies on something else."""
        self.page.mouse.move(0, 0)
        found = [self.page.evaluate(rule) for rule in (TOO_WIDE, OVERLAPS, FAINT)]
        assert not any(found), (at, found)
        self._album.keep(self.page, next(self._looks), at)
