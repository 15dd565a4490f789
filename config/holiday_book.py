"""The `holidays` library as the desk's holiday book: countries and regions, year by year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

YEARS = range(2000, 2101)  # what going through all goes through; a day of any year is known


@dataclass(frozen=True)
class NationalHolidays(Mapping[date, str]):
    """The public holidays of `NL` or `DE-BY`; each year worked out when it is first asked for."""

    place: str

    def __getitem__(self, day: date) -> str:
        return _of_year(self.place, day.year)[day]

    def __iter__(self) -> Iterator[date]:
        for year in YEARS:
            yield from _of_year(self.place, year)

    def __len__(self) -> int:
        return sum(len(_of_year(self.place, year)) for year in YEARS)

    def __bool__(self) -> bool:
        return True  # without working out a century to be sure


def holiday_book(place: str) -> NationalHolidays:
    """The holidays of that place; ValueError if nobody knows them."""
    country, _, region = place.strip().partition("-")
    regions = holidays.list_supported_countries().get(country.upper())
    if regions is None:
        raise ValueError(
            f"“{place}” is no country whose holidays are known; write a code like “NL” or “DE-BY”,"
            " or a list of days with their names"
        )
    spelling = {known.casefold(): known for known in ["", *regions]}
    if region.casefold() not in spelling:
        raise ValueError(
            f"“{place}” is no region whose holidays are known;"
            f" write “{country.upper()}”, alone or with one of: {', '.join(regions)}"
        )
    return NationalHolidays("-".join(filter(None, (country.upper(), spelling[region.casefold()]))))


@lru_cache(maxsize=1024)
def _of_year(place: str, year: int) -> Mapping[date, str]:
    country, _, region = place.partition("-")
    # Without a language the library names them in that of the machine.
    language = holidays.country_holidays(country).default_language
    days = holidays.country_holidays(country, region or None, years=year, language=language)
    return dict(days)
