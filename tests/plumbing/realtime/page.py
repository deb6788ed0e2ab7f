"""A page that listens to a stream."""

import http.client
import json
import time

PATIENCE = 20
"""Seconds after which a test gives up; none of them measures time."""


class Refusal(Exception):
    """The stream answered, but with this status, which pages of `readable_by` may read."""

    def __init__(self, status: int, readable_by: str) -> None:
        super().__init__(status)
        self.status, self.readable_by = status, readable_by


class Page:
    """A browser's end of one stream."""

    def __init__(self, port: int, topics: str, session: str, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", f"/stream?topics={topics}", headers={"Cookie": session} | headers)
        self.answer = self._connection.getresponse()
        if self.answer.status != 200:
            self.close()
            raise Refusal(self.answer.status, self.answer.headers.get("Access-Control-Allow-Origin", ""))
        self._lines_until_blank()

    def hears(self) -> tuple[str, str] | None:
        """The next topic and name; None when the stream has ended."""
        last = time.monotonic() + PATIENCE
        while lines := self._lines_until_blank():
            assert time.monotonic() < last, "nothing but heartbeats"
            for line in lines:
                if line.startswith("data:"):
                    event = json.loads(line.removeprefix("data:"))
                    return event["topic"], event["name"]
        return None

    def close(self) -> None:
        """Leave, as a closed tab does."""
        self.answer.close()
        self._connection.close()

    def _lines_until_blank(self) -> list[str]:
        lines = []
        while (line := self.answer.readline().decode()) not in {"", "\n"}:
            lines.append(line.rstrip("\n"))
        return lines
