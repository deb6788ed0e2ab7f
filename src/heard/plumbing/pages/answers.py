"""What Django answers, as it is sent: whole, as a file that the server sends by itself, or piece by piece."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
Headers = list[tuple[bytes, bytes]]
PIECE = 64_000
"""What is made at a time of an answer that comes piece by piece: as much as is in memory while somebody is slow."""


@dataclass(slots=True)
class Answer:
    """One of `content`, `path` and `pieces` is what is sent; `close` belongs to the pieces."""

    status: int
    headers: Headers
    content: bytes = b""
    path: str = ""
    pieces: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None


def answer_of(application: Application, environ: dict[str, Any]) -> Answer:
    """What a Django application answers; its connections are given back, but for pieces that are still to come."""
    told: list[Any] = []
    response = application(environ, lambda status, headers, _error=None: told.extend((status, headers)))
    answer = Answer(int(told[0].split(" ", 1)[0]), latin(told[1]))
    if isinstance(response, StreamingHttpResponse):
        answer.path = path_of(response)
        if not answer.path:
            answer.pieces, answer.close = iter(response), response.close
            return answer
    else:
        answer.content = b"".join(response)
    response.close()
    return answer


def plain(response: HttpResponse) -> Answer:
    """An answer that no application was asked for."""
    return Answer(response.status_code, latin(list(response.items())), response.content)


def latin(headers: list[tuple[str, str]]) -> Headers:
    """Headers as bytes."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def path_of(response: StreamingHttpResponse) -> str:
    """Where the whole of what is streamed lies as a file; empty where it does not."""
    file: Any = getattr(response, "file_to_stream", None)
    name = getattr(getattr(file, "file", file), "name", "")
    is_whole = isinstance(name, str) and Path(name).is_absolute() and Path(name).is_file() and not file.tell()
    return name if is_whole else ""


def next_piece(pieces: Iterator[bytes]) -> bytes:
    """The next PIECE, and what is over; nothing at the end."""
    found, size = [], 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size >= PIECE:
            break
    return b"".join(found)
