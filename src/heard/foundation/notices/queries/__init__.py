"""What a person was told, how they want to be told, and what is due to go out."""

from heard.foundation.notices.queries.due import (
    MAIL,
    PUSH,
    budget_of,
    digests_due_to,
    due_for,
    people_due,
    spent_on,
    untold_by_mail,
)
from heard.foundation.notices.queries.folds import PAGE, Fold, folds_of
from heard.foundation.notices.queries.telling import (
    MOST_COUNTED,
    notice_of,
    notices_of,
    unseen_count,
)
from heard.foundation.notices.queries.wanting import (
    RHYTHMS,
    WAYS,
    Wanted,
    device_of,
    devices_of,
    is_muted,
    kinds_for,
    muted_count,
    preferences_of,
    wanted_by,
)

__all__ = [
    "MAIL",
    "MOST_COUNTED",
    "PAGE",
    "PUSH",
    "RHYTHMS",
    "WAYS",
    "Fold",
    "Wanted",
    "budget_of",
    "device_of",
    "devices_of",
    "digests_due_to",
    "due_for",
    "folds_of",
    "is_muted",
    "kinds_for",
    "muted_count",
    "notice_of",
    "notices_of",
    "people_due",
    "preferences_of",
    "spent_on",
    "unseen_count",
    "untold_by_mail",
    "wanted_by",
]
