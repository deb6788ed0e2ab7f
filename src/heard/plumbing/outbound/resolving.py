"""Names become addresses once for each request, within its time, and what was judged is what is dialled."""

import ipaddress
import socket
import threading

from .addresses import IP, Target
from .refusing import NobodyAnswers, TookTooLong

MOST = 8


def addresses_of(target: Target, *, within: float) -> list[IP]:
    """The addresses of the host, in the order in which the system would try them; at most eight.

    Raises NobodyAnswers for a name that nobody knows, TookTooLong after `within` seconds.
    """
    if target.literal is not None:
        return [target.literal]
    found: list[IP] = []
    trouble: list[Exception] = []

    def look_up() -> None:
        try:
            # The dot at the end keeps the system from trying the name below the domains that it searches in.
            name = f"{target.host}." if "." in target.host else target.host
            rows = socket.getaddrinfo(name, target.port, type=socket.SOCK_STREAM)
            found.extend(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)
        except (OSError, ValueError) as error:
            trouble.append(error)

    # The system's resolver cannot be told to stop, so it is left behind where it takes too long.
    thread = threading.Thread(target=look_up, daemon=True, name="resolver")
    thread.start()
    thread.join(within)
    if thread.is_alive():
        raise TookTooLong
    if trouble or not found:
        raise NobodyAnswers from (trouble[0] if trouble else None)
    return list(dict.fromkeys(found))[:MOST]
