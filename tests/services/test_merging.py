"""Two cases that belong together: linked, merged, and taken apart again."""

import pytest

from bot.domain.errors import NoSuchCase, NothingToChange, NotMember
from bot.domain.ids import CaseId
from bot.domain.timeline import What
from tests.company import ANN, SUE, TOM
from tests.desk import TestDesk


def linked(desk: TestDesk, number: CaseId) -> list[CaseId]:
    with desk.reading() as tx:
        return tx.case_links.of(number)


# Linked


def test_linked_cases_name_each_other_and_stay_as_they_are(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")
    before = (desk.running(jane), desk.running(amy))

    desk.merging.link(amy, jane, by=ANN)

    assert (linked(desk, jane), linked(desk, amy)) == ([amy], [jane])
    assert (desk.running(jane), desk.running(amy)) == before
    assert desk.whats(jane)[-1] is desk.whats(amy)[-1] is What.CASE_LINKED


def test_a_link_is_taken_back_from_either_side(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")
    desk.merging.link(jane, amy, by=ANN)

    desk.merging.unlink(amy, jane, by=ANN)

    assert linked(desk, jane) == linked(desk, amy) == []
    assert desk.whats(amy)[-1] is What.CASE_UNLINKED
    with pytest.raises(NothingToChange, match="not linked"):
        desk.merging.unlink(amy, jane, by=ANN)


def test_a_case_is_linked_once_and_never_to_itself(desk: TestDesk) -> None:
    jane, amy = desk.post(by="@jane"), desk.post(by="@amy")
    desk.merging.link(jane, amy, by=ANN)

    with pytest.raises(NothingToChange, match="linked already"):
        desk.merging.link(amy, jane, by=ANN)
    with pytest.raises(NothingToChange, match="another one"):
        desk.merging.link(jane, jane, by=ANN)
    with pytest.raises(NoSuchCase):
        desk.merging.link(jane, CaseId(9), by=ANN)


def test_whoever_links_may_see_both(desk: TestDesk) -> None:
    service, technical = desk.post(), desk.post("the app is broken")

    for stranger in (ANN, TOM, SUE):
        with pytest.raises(NotMember):
            desk.merging.link(service, technical, by=stranger)
