"""Reads moments in a column of a table: as ISO has them, as numbers, or as offices write them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from heard.features.arrivals.formats.moments import moment_in, moment_of_seconds

_NUMBER = re.compile(r"\d{1,17}(?:\.\d{1,9})?")
_OFFICE = re.compile(
    r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<year>\d{4}|\d{2})(?:,?[T ]\s*(?P<clock>.+))?", re.DOTALL
)
_WITH_MONTH = re.compile(
    r"(?:[A-Za-z]{2,10}\.?,? )?(?:(?P<day>\d{1,2})\.?[ -](?P<month>[A-Za-z]{3})[a-z]*\.?|"
    r"(?P<month_first>[A-Za-z]{3})[a-z]*\.? (?P<day_second>\d{1,2}))[, -]+(?P<year>\d{4})(?:(?:,| at)? (?P<clock>.+))?"
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:UTC|GMT|Z)?\s*(?P<zone>[+-]\d{2}:?\d{2})?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXCEL = datetime(1899, 12, 30, tzinfo=UTC)


def is_month_first(values: Iterable[str]) -> bool:
    """Whether 3/4/2021 is the fourth of March in a column: some value in it makes a date that way alone."""
    for value in values:
        found = _OFFICE.fullmatch(value.strip()[:60])
        if found and int(found["first"]) > 12:
            return False
        if found and int(found["second"]) > 12:
            return True
    return False


def moment_of_cell(value: str, latest: datetime, *, month_first: bool = False) -> datetime | None:
    """The moment that a cell says; in UTC where it names no zone, and nothing where it says none that can be."""
    value = value.strip()
    if not value or len(value) > 60:
        return None
    if _NUMBER.fullmatch(value):
        return _of_number(float(value), latest)
    try:
        office = _of_office(value, month_first)
    except (ValueError, OverflowError):
        return None
    return moment_in((office.isoformat() if office else value), latest)


def _of_number(number: float, latest: datetime) -> datetime | None:
    """Seconds, milliseconds or microseconds since 1970, or days as Excel counts them."""
    if 20_000 < number < 80_000:
        return moment_of_seconds((_EXCEL + timedelta(days=number)).timestamp(), latest)
    while number > 1e11:
        number /= 1000
    return moment_of_seconds(number, latest)


def _of_office(value: str, month_first: bool) -> datetime | None:
    if found := _OFFICE.fullmatch(value):
        day, month = int(found["first"]), int(found["second"])
        if month_first or month > 12:
            day, month = month, day
    elif found := _WITH_MONTH.fullmatch(value):
        day = int(found["day"] or found["day_second"])
        month = _MONTHS.index((found["month"] or found["month_first"]).lower()) + 1
    else:
        return None
    year = int(found["year"])
    moment = datetime(year + 2000 if year < 100 else year, month, day, tzinfo=UTC)
    clock = _CLOCK.fullmatch((found["clock"] or "0:00").strip())
    if clock is None:
        raise ValueError(value)
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    moment = moment.replace(hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0))
    return datetime.fromisoformat(moment.replace(tzinfo=None).isoformat() + clock["zone"]) if clock["zone"] else moment
