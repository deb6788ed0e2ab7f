"""Reads a day as offices write it."""

import re
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?")
_WITH_MONTH = re.compile(
    r"(\d{1,2})[-/. ]+([A-Za-z]{3})[a-z]*\.?[-/., ]+(\d{4})|([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})"
)
_MONTHS = {
    name: nth
    for nth, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
# Excel counts days from here.
_EXCEL = date(1899, 12, 30)


def day_in(value: str) -> tuple[date | None, bool]:
    """The day that stands in `value`, or nothing, and whether something stood there that is no day.

    3/4/2021 is the third of April, except where only the other way makes a date.
    """
    value = value.strip()
    if not value or value.casefold() in ("n/a", "-", "none", "null"):
        return None, False
    try:
        return _day(value), False
    except (ValueError, KeyError, OverflowError):
        return None, True


def _day(value: str) -> date:
    if found := _ISO.fullmatch(value):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(value):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        return date(year, second, first) if second <= 12 else date(year, first, second)
    if found := _WITH_MONTH.fullmatch(value):
        day, month = (found[1], found[2]) if found[1] else (found[5], found[4])
        return date(int(found[3] or found[6]), _MONTHS[month.lower()], int(day))
    if value.isdigit() and 20_000 < int(value) < 60_000:
        return _EXCEL + timedelta(days=int(value))
    raise ValueError(value)
