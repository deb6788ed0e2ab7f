"""A stream process for the tests: who may hear what is read from the file GRANTS each time it is asked."""

import json
import os
from pathlib import Path

from django.conf import settings

from heard.plumbing.realtime.serving import serve
from heard.plumbing.realtime.stream import StreamApplication
from heard.plumbing.realtime.subscription import Grant


async def authorise(cookie: str, asked: frozenset[str]) -> Grant | None:
    """`session=7` is person 7; the file maps them to the topics they may hear. They may watch any `watch:`."""
    allowed = json.loads(Path(os.environ["GRANTS"]).read_text()).get(cookie.removeprefix("session="))
    if allowed is None:
        return None
    watched = frozenset(topic for topic in asked if topic.startswith("watch:"))
    return Grant(f"person:{cookie.removeprefix('session=')}", asked & frozenset(allowed), watched)


if __name__ == "__main__":
    serve(StreamApplication(authorise), host="127.0.0.1", port=settings.HEARD_STREAM_PORT)
