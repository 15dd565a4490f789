"""The documents say what the code does: compared, not believed."""

import re
from pathlib import Path

import pytest

from tests.documents import PAGES, README, ROOT, written

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@every_page
def test_what_follows_from_the_code_stands_on_the_page_as_the_code_has_it(page: Path):
    text = page.read_text(encoding="utf-8")
    assert written(text) == text, "run: python -m tests.documents"


@every_page
def test_no_link_between_our_pages_leads_nowhere(page: Path):
    links = re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text(encoding="utf-8"))
    for path, anchor in links:
        target = page.parent / path if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


@every_page
def test_every_make_target_that_is_named_exists(page: Path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    targets = set(re.findall(r"^([a-z./]+):", makefile, re.MULTILINE))
    named = re.findall(r"(?:`|^)make ([a-z./]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= targets


def test_every_page_is_found_from_the_readme():
    reached, todo = set(), [README]
    while todo:
        page = todo.pop().resolve()
        if page.suffix == ".md" and page not in reached:
            reached.add(page)
            todo += [page.parent / link for link in linked(page)]
        elif page.is_dir():
            todo += page.glob("*.md")
    assert reached == {page.resolve() for page in PAGES}


def linked(page: Path) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
