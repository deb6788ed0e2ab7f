"""Claims on what only one Heard may have: the data folder while it is served or restored, and ports."""

import contextlib
import errno
import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path

from heard.cli.answers import fail


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Holds the data folder until left, also against other processes; ends the command if somebody has it."""
    with (folder / "serve.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            fail(f"Heard is already running from {folder}. Stop it first, or choose another folder by HEARD_DATA.")
        yield


def is_claimed(folder: Path) -> bool:
    """Whether Heard is served or restored there at this moment."""
    if not (folder / "serve.lock").exists():
        return False
    with (folder / "serve.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def is_free(address: str, port: int) -> bool:
    """Whether nobody listens there. Fails in words where the address is not this machine's or the port is forbidden."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            fail(f"Port {port} needs rights that this user does not have. Choose one from 1024 up: PORT=8000.")
        except socket.gaierror:
            fail(f"HEARD_BIND is {address}, which is no address of this machine.")
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                fail(f"HEARD_BIND is {address}, which is no address of this machine.")
            return False
    return True


def require_ports(address: str, port: int) -> None:
    """Ends the command in one sentence unless the port of the pages and the next one, the stream's, are free."""
    for wanted, purpose in ((port, "pages"), (port + 1, "the stream")):
        if not is_free(address, wanted):
            fail(f"Port {wanted}, for {purpose}, is in use by another program. Choose another: PORT={port + 100}.")
