"""Times requests through the whole application, in this process: no network, everything else."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection


@dataclass
class Figures:
    """What a scenario measured. Times in milliseconds; `cal_ms` is the calibration loop of the same minute."""

    scenario: str
    size: str
    engine: str
    member: str
    n: int
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    queries: int
    bytes: int
    per_s_core: float
    rss_mb: float
    cal_ms: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what the clock is worth."""
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}


def calibration() -> float:
    """CPU milliseconds of a fixed loop, the least of five: what this core is worth at this moment."""
    times = []
    for _nth in range(5):
        begun = time.process_time()
        total = 0
        for number in range(400_000):
            total += number % 7
        times.append((time.process_time() - begun) * 1000)
    return min(times)


def rss_mb() -> float:
    """Memory of this process in megabytes."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
        for line in file:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1000
    return 0.0


class Browser:
    """Sends requests straight into the application, as somebody who is signed in."""

    def __init__(self, application: Callable[..., Any], cookie: str) -> None:
        self.application = application
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={cookie}"

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, int]:
        """Status and length of the answer."""
        body = urlencode(form).encode() if form else b""
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "POST" if form else "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost:8000",
            "HTTP_COOKIE": self.cookie,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_ACCEPT_LANGUAGE": "en-GB",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
        }
        status: list[str] = []
        answer = self.application(environ, lambda line, _headers: status.append(line))
        length = sum(len(chunk) for chunk in answer)
        answer.close()
        return int(status[0].split()[0]), length


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL that is run inside."""
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield seen


def timed(
    ask: Callable[[int], tuple[int, int]], n: int, *, warm: int, expected: int
) -> tuple[list[float], float, int, int]:
    """Wall times, CPU milliseconds a request, queries of one request, and its bytes, of `n` requests after `warm`."""
    length = 0
    for nth in range(warm):
        status, length = ask(nth)
        if status != expected:
            raise RuntimeError(f"The page answered {status}, not {expected}.")
    with counted() as seen:
        _status, length = ask(warm)
    gc.collect()
    walls, cpus = [], []
    for nth in range(n):
        begun, cpu = time.perf_counter(), time.process_time()
        ask(warm + 1 + nth)
        cpus.append((time.process_time() - cpu) * 1000)
        walls.append((time.perf_counter() - begun) * 1000)
    return walls, statistics.median(cpus), len(seen), length


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of all lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
