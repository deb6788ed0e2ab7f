"""When things were said: moments of the scripts, counted back from now."""

import calendar
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from heard.demo.said import Reply, Thread

COMPANY_TIME = ZoneInfo("Europe/London")
JUST_NOW = timedelta(minutes=4)
_DATE = re.compile(r"\{(day|month) ([+-]\d+)\}")


def said_at(thread: Thread, *, now: datetime, at_weekends: bool) -> datetime:
    """When a thread was started, always before `now`; without `at_weekends` never on a Saturday or Sunday by clock."""
    if thread.clock is None:
        return now - thread.ago
    local = now.astimezone(COMPANY_TIME) - timedelta(days=thread.days)
    hour, minute = thread.clock
    local = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if not at_weekends and local.weekday() > 4:
        local -= timedelta(days=local.weekday() - 4)
    at = local.astimezone(now.tzinfo)
    return at if at < now - JUST_NOW else at - timedelta(days=1)


def replied_at(thread: Thread, started: datetime, *, now: datetime) -> list[tuple[Reply, Reply | None, datetime]]:
    """Every reply with the reply it answers and its time; hurried where the last would still be to come."""
    planned: list[tuple[Reply, Reply | None, timedelta]] = []
    for reply in thread.replies:
        planned.append((reply, None, reply.after))
        after = reply.after
        for answer in reply.answers:
            after += answer.after
            planned.append((answer, reply, after))
    last = max((after for _reply, _parent, after in planned), default=timedelta())
    room = now - JUST_NOW - started
    haste = min(1.0, room / last) if last else 1.0
    return sorted(
        ((reply, parent, started + after * haste) for reply, parent, after in planned), key=lambda planned: planned[2]
    )


def dated(text: str, at: datetime) -> str:
    """Fills in dates counted from the moment `at`: `{day +21}` as “15 December”, `{month -2}` as “September”."""

    def written(found: re.Match[str]) -> str:
        by = int(found[2])
        if found[1] == "month":
            return calendar.month_name[(at.month - 1 + by) % 12 + 1]
        day = at + timedelta(days=by)
        return f"{day.day} {calendar.month_name[day.month]}"

    return _DATE.sub(written, text)
