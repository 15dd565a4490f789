"""The page for the hours when Slack is down: for who has the token, and harmless to look at."""

import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.desk_page import DeskPage, DeskRow, excerpt
from bot.domain.ids import CaseId
from tests.web.house import NOW, House, later

TOKEN = "open sesame"
ROW = DeskRow(
    case=CaseId(1042),
    department="Customer service",
    network="x",
    author="@jane",
    excerpt="Stuck at gate B12 since 6…",
    due_at=later(minutes=28),
    url="https://x.example/1",
    assignee="Ann",
)


@pytest.fixture
def house() -> House:
    return House()


def test_without_a_token_set_the_page_is_not_there(house: House):
    assert house.client(desk_token=None).get("/desk?token=").status_code == 404


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"query_string": {"token": ""}},
        {"query_string": {"token": "é"}},
        {"query_string": {"token": "open sesam"}},
        {"headers": {"Authorization": "Bearer wrong"}},
        {"headers": {"Authorization": f"Basic {TOKEN}"}},
        {"headers": {"Authorization": "Bearer"}},
        {"headers": {"Cookie": f"desk={TOKEN}"}},
    ],
)
def test_a_missing_or_wrong_token_opens_nothing(house: House, how: dict[str, object]):
    house.page = DeskPage(NOW, (ROW,))
    answer = house.client().get("/desk", **how)  # type: ignore[arg-type]

    assert answer.status_code == 401
    assert "gate B12" not in answer.text


def test_cases_on_other_pages_are_counted_and_linked(house: House):
    house.page = DeskPage(NOW, (ROW,), page=2, before=200, after=61)
    page = house.client().get("/desk", query_string={"token": TOKEN, "page": "2"}).text

    assert "Open cases: 262" in page
    assert '<a href="?page=1">200 before these</a>' in page
    assert '<a href="?page=3">61 more</a>' in page


def test_the_token_opens_it_once_and_its_cookie_from_then_on(house: House):
    client = house.client()
    first = client.get("/desk", query_string={"token": TOKEN})
    cookie = first.headers["Set-Cookie"]

    assert first.status_code == 200
    assert TOKEN not in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/desk"} <= set(cookie.split("; "))
    assert client.get("/desk").status_code == 200
    assert house.client().get("/desk").status_code == 401


def test_a_cookie_ends_with_its_token(house: House):
    client = house.client()
    client.get("/desk", query_string={"token": TOKEN})
    cookie = client.get_cookie("desk", path="/desk")
    assert cookie

    renewed = house.client(desk_token="another")
    renewed.set_cookie("desk", cookie.value, path="/desk")

    assert renewed.get("/desk").status_code == 401


def test_a_program_may_bring_the_token_in_its_header(house: House):
    answer = house.client().get("/desk", headers={"Authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def opened(house: House) -> str:
    return house.client().get("/desk", headers={"Authorization": f"Bearer {TOKEN}"}).text


def test_the_page_shows_what_one_needs_to_answer_elsewhere(house: House):
    house.page = DeskPage(NOW, (ROW,), on_duty=("Ann", "Cem"))
    page = opened(house)

    for fact in (
        "Open cases: 1", "2026-01-01 12:00 UTC", "On duty: Ann, Cem", "#1042", "28 min left",
        "Customer service", "Ann", "Stuck at gate B12 since 6…", "@jane", "on x",
        'href="https://x.example/1"',
    ):  # fmt: skip
        assert fact in page


def test_it_says_so_when_nothing_is_open_and_nobody_on_duty(house: House):
    page = opened(house)

    assert "Nothing is open." in page
    assert "On duty: nobody" in page


@pytest.mark.parametrize(
    ("due", "words"), [(-4, "4 min late"), (0, "0 s late"), (65, "1 h 05 min left")]
)
def test_time_left_is_in_words(house: House, due: int, words: str):
    house.page = DeskPage(NOW, (DeskRow(CaseId(1), "d", "x", "a", "e", later(minutes=due)),))

    assert words in opened(house)


def test_a_case_without_a_promise_says_so(house: House):
    house.page = DeskPage(NOW, (DeskRow(CaseId(1), "d", "x", "a", "e"),))

    page = opened(house)

    assert "no promise" in page
    assert "unclaimed" in page
    assert "href" not in page


class Elements(HTMLParser):
    """The elements and links of a page, as a browser sees them."""

    def __init__(self, page: str):
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


hostile = st.text(max_size=30) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}",
        "javascript:alert(1)",
    ]
)


@settings(max_examples=40)
@given(hostile, hostile, hostile)
def test_a_customer_cannot_add_an_element_or_a_link(text: str, author: str, url: str):
    house = House()
    tame = Elements(opened_with(house, DeskRow(CaseId(1), "d", "x", "a", "e")))
    wild = Elements(opened_with(house, DeskRow(CaseId(1), "d", "x", author, text, url=url)))

    assert wild.names == tame.names
    assert wild.links == []


def opened_with(house: House, row: DeskRow) -> str:
    house.page = DeskPage(NOW, (row,))
    return opened(house)


def test_the_page_has_no_script_and_no_foreign_resource_and_the_browser_is_told_so(house: House):
    house.page = DeskPage(NOW, (ROW,))
    answer = house.client().get("/desk", query_string={"token": TOKEN})
    policy = answer.headers["Content-Security-Policy"]
    elements = Elements(answer.text)

    assert "script" not in elements.names
    assert elements.links == ["https://x.example/1"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_browser_finds_the_style_to_be_the_one_it_was_promised(house: House):
    answer = house.client().get("/desk", query_string={"token": TOKEN})
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style

    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


@given(st.text(max_size=300))
def test_an_excerpt_is_one_short_line(text: str):
    line = excerpt(text)

    assert len(line) <= 80
    assert len(line.splitlines()) <= 1


def test_an_excerpt_says_where_it_was_cut():
    assert excerpt("late again\n and again") == "late again and again"
    assert excerpt("x" * 80) == "x" * 80
    assert excerpt("x" * 81) == "x" * 79 + "…"


def test_time_left_turns_negative():
    assert ROW.time_left(later(minutes=30)) == timedelta(minutes=-2)
