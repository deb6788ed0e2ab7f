"""Brings an archive in and is killed after so many milliseconds, as by a power cut: a process that its test starts.

`python -m tests.journeys.killed_import FILE MILLISECONDS` (0: is not killed). Says `whole` when it came to the end,
and `python -m tests.journeys.killed_import --shown` prints a fingerprint of everything that pages would show.
"""

import hashlib
import os
import signal
import sys
import threading
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from heard.features.arrivals import actions  # noqa: E402
from heard.foundation.communities.models import Community, Membership  # noqa: E402
from heard.foundation.conversation.models import (  # noqa: E402
    Attachment,
    Hashtag,
    Mention,
    Reaction,
    Reply,
    Revision,
    Thread,
)
from heard.foundation.people.models import Person  # noqa: E402

SHOWN = (
    (Person, ("handle", "name", "email", "title", "manager__handle")),
    (Community, ("slug", "name", "description", "access", "thread_count", "member_count", "newest_thread_at")),
    (Membership, ("community__slug", "person__handle", "is_tender")),
    (
        Thread,
        ("id", "community__slug", "author__handle", "title", "source", "html", "excerpt", "reply_count", "reactions",
         "stage", "created_at", "edited_at", "newest_at"),
    ),
    (
        Reply,
        ("id", "thread", "parent", "author__handle", "source", "html", "reactions", "created_at", "edited_at",
         "deleted_at"),
    ),
    (Reaction, ("thread", "reply", "person__handle", "emoji", "reacted_at")),
    (Mention, ("thread", "reply", "person__handle")),
    (Hashtag, ("thread", "tag")),
    (Attachment, ("thread", "reply", "name", "size", "mime")),
    (Revision, ("thread", "reply", "source", "html", "edited_at")),
)  # fmt: skip


def shown() -> str:
    """A fingerprint of every row that a page shows, table by table."""
    marks = []
    for model, names in SHOWN:
        rows = sorted(map(repr, model._default_manager.values_list(*names)))
        marks.append(f"{model.__name__} {len(rows)} {hashlib.sha256(''.join(rows).encode()).hexdigest()[:16]}")
    return "\n".join(marks)


def main() -> None:
    """Does what it is told."""
    call_command("migrate", verbosity=0, interactive=False)
    if sys.argv[1] == "--shown":
        sys.stdout.write(shown())
        return
    after = int(sys.argv[2])
    if after:
        timer = threading.Timer(after / 1000, lambda: os.kill(os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()
    actions.bring_in_file(Path(sys.argv[1]), "any")
    sys.stdout.write("whole\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
