"""Says which process does something, so that another can tell when it is gone."""

import os
import socket
from pathlib import Path


def mark() -> str:
    """Names this process: its machine, its number, and when it began, since numbers are used again."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{_begun(os.getpid())}"


def is_gone(name: str) -> bool:
    """Whether the process that `mark` named has ended; of one on another machine nobody can say so."""
    host, _colon, rest = name.rpartition(":")[0].rpartition(":")
    begun = name.rpartition(":")[2]
    if not rest.isdigit() or host != socket.gethostname()[:60]:
        return False
    now = _begun(int(rest))
    return now == "" or (begun != "" and now != begun)


def is_of_this_machine(name: str) -> bool:
    """Whether `mark` named a process of this machine."""
    return name.rpartition(":")[0].rpartition(":")[0] == socket.gethostname()[:60]


def _begun(pid: int) -> str:
    """When a process began, as its system counts, or nothing where there is none (`?` where that cannot be told)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return "?" if not Path("/proc/self/stat").exists() and _is_alive(pid) else ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
