"""The holidays of countries and regions, as the business hours ask for them."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.hours import BusinessHours
from config.holiday_book import YEARS, holiday_book


def test_a_country_knows_its_holidays_by_their_own_names() -> None:
    dutch = holiday_book("NL")
    assert dutch[date(2026, 4, 27)] == "Koningsdag"
    assert date(2026, 4, 28) not in dutch


def test_a_region_has_more_holidays_than_its_country() -> None:
    epiphany = date(2027, 1, 6)
    assert epiphany in holiday_book("DE-BY")
    assert epiphany not in holiday_book("DE")


def test_letters_may_be_small() -> None:
    assert holiday_book(" nl ") == holiday_book("NL")
    assert holiday_book("de-augsburg") == holiday_book("DE-Augsburg")


def test_a_book_can_be_gone_through_like_any_mapping() -> None:
    dutch = holiday_book("NL")
    assert len(dutch) == len(list(dutch)) == len({day for day in dutch if day in dutch})
    assert {day.year for day in dutch} == set(YEARS)
    assert dutch


def test_business_hours_close_on_a_holiday_of_the_country() -> None:
    calendar = BusinessHours("Europe/Amsterdam", holidays=holiday_book("NL"))
    noon = datetime(2026, 4, 27, 12, tzinfo=UTC)
    assert calendar.opens_at(noon) == datetime(2026, 4, 27, 22, tzinfo=UTC)


@pytest.mark.parametrize("place", ["XX", "", "Netherlands", "N"])
def test_an_unknown_country_is_named(place: str) -> None:
    with pytest.raises(ValueError, match=f"“{place}” is no country whose holidays are known"):
        holiday_book(place)


def test_an_unknown_region_is_named_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match=r"“DE-XX” is no region .* write “DE”, alone .*BY"):
        holiday_book("DE-XX")
