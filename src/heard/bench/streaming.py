"""Measures the stream: memory a connection, and how long news takes to reach every page. As a command: serves one."""

import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from heard.bench.audience import NAME, TOPIC, Audience, BenchPage
from heard.bench.clockwork import calibration, percentile
from heard.plumbing.realtime.buses.datagram import DatagramBus
from heard.plumbing.realtime.subscription import Grant

MOST_CONNECTIONS = 8_000
PATIENCE = 60.0


@dataclass
class StreamFigures:
    """What was measured of `size` connections to one stream process. Latencies hold the pages' own work as well.

    `cpu_ms` is the stream's, of one delivery to one page; `rss_mb` its memory with all pages open.
    """

    size: int
    n: int
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    kb_per_connection: float
    rss_mb: float
    cal_ms: float
    scenario: str = "stream"
    engine: str = "sockets"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what the clock is worth."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def measure_stream(*, connections: int = 1_000, n: int = 20, pause: float = 0.25) -> StreamFigures:
    """Announces `n` times, `pause` seconds apart, to `connections` pages (at most 8,000), all on this machine."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.close()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "heard.config.settings",
            "HEARD_DATA": folder,
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        process = subprocess.Popen([sys.executable, "-m", "heard.bench.streaming", str(port)], env=environment)
        try:
            bus = DatagramBus(Path(folder) / "stream")
            return asyncio.run(_measure(process.pid, bus, port, min(connections, MOST_CONNECTIONS), n, pause))
        finally:
            process.terminate()
            process.wait()


async def _measure(pid: int, bus: DatagramBus, port: int, connections: int, n: int, pause: float) -> StreamFigures:
    await _until(lambda: any(bus.folder.glob("*.sock")) and _is_open(port))
    audience = Audience()
    empty = _memory_kb(pid)
    for nth in range(connections):
        page = BenchPage(audience, nth)
        await asyncio.get_running_loop().create_connection(lambda page=page: page, "127.0.0.1", port)  # type: ignore[misc]
    await _until(lambda: audience.open == connections)
    full, begun = _memory_kb(pid), _cpu_seconds(pid)
    for nth in range(1, n + 1):
        audience.announced_at = time.perf_counter()
        bus.send(f"{TOPIC} {NAME}\n")
        await _until(lambda nth=nth: len(audience.heard) == connections * nth)  # type: ignore[misc]
        await asyncio.sleep(pause)
    return StreamFigures(
        size=connections,
        n=n,
        p50_ms=percentile(audience.heard, 0.5),
        p99_ms=percentile(audience.heard, 0.99),
        cpu_ms=(_cpu_seconds(pid) - begun) * 1000 / len(audience.heard),
        kb_per_connection=(full - empty) / connections,
        rss_mb=full / 1000,
        cal_ms=calibration(),
    )


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.02)


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _memory_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _everybody(cookie: str, asked: frozenset[str]) -> Grant:
    return Grant(f"person:{cookie}", asked)


if __name__ == "__main__":
    from heard.plumbing.realtime.serving import serve
    from heard.plumbing.realtime.stream import StreamApplication

    serve(StreamApplication(_everybody), host="127.0.0.1", port=int(sys.argv[1]))
