"""What a request sends: taken in by a deadline, within bounds, and never to the disk where nobody says who they are."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]

GRACE = 20
"""Seconds after which a body must have come at SLOWEST on average, with as many to begin with."""
SLOWEST = 4_000
"""Bytes a second: a telephone at the edge of its network sends as many."""
IN_MEMORY = 64_000
"""A longer body of a page goes on in a file that has no name."""


class Gone(Exception):
    """Whoever sent it went away: nobody is left to be answered."""


class TooSlow(Refusal):
    """A body that did not come by its deadline."""

    status = 408
    sentence = _("This came too slowly, and nothing was kept. Please send it again.")


class NoRoom(Refusal):
    """Too much is arriving at once."""

    status = 503
    sentence = _("Too much is being sent here just now, and nothing was kept. Please try again in a minute.")


class Room:
    """How many bytes all bodies that are here may take together, and those of one address, of memory or of the disk."""

    def __init__(self, most: int, share: int) -> None:
        self.most, self.share, self.taken = most, share, 0
        self._of = Counter[bytes]()

    def take(self, size: int, whose: bytes) -> None:
        """Raises NoRoom where they are not free."""
        if self.taken + size > self.most or self._of[whose] + size > self.share:
            raise NoRoom
        self.taken += size
        self._of[whose] += size

    def leave(self, size: int, whose: bytes) -> None:
        """Gives them back."""
        self.taken -= size
        self._of[whose] -= size
        if not self._of[whose]:
            del self._of[whose]


class Body:
    """One body, kept until it is closed. `size` is how long it is; whatever is over `most` is not kept."""

    def __init__(self, most: int, room: Room, *, on_disk: bool) -> None:
        self.size, self._most, self._room = 0, most, room
        self._kept, self._whose = 0, b""
        self.file: BinaryIO = BytesIO()
        if on_disk:
            self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115

    async def take_in(self, receive: Receive, whose: bytes) -> None:
        """Returns once all of it is here, or once it is too long. Raises TooSlow, NoRoom and Gone."""
        began, self._whose = time.monotonic(), whose
        while self.size <= self._most:
            message = await _received(receive, began + GRACE + self.size / SLOWEST - time.monotonic())
            self._keep(message["body"])
            if not message["more_body"]:
                break
        self.file.seek(0)

    def _keep(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size <= self._most:
            self._room.take(len(piece), self._whose)
            self._kept += len(piece)
            self.file.write(piece)

    def close(self) -> None:
        """Lets go of it."""
        self.file.close()
        self._room.leave(self._kept, self._whose)
        self._kept = 0


async def _received(receive: Receive, seconds: float) -> Message:
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        raise TooSlow from None
    if message["type"] != "http.request":
        raise Gone
    return message
