"""Nothing leaves this machine but through `plumbing/outbound` and the doors that are named here."""

import ast
from pathlib import Path

from tests.house.tree import SOURCE, files_ending

CLIENTS = {
    *("requests", "requests_hardened", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib"),
    *("socket", "ssl", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib", "xmlrpc", "websockets", "pycurl"),
}
DOORS = {
    "plumbing/outbound/": "whatever is asked of others",
    "plumbing/mail/": "the mail server that MAIL_HOST names",
    "features/incoming_mail/": "the mailbox and the door for mail that the settings name",
    "plumbing/processes.py": "the name of this machine",
    "plumbing/realtime/": "news between our own processes",
    "cli/": "our own ports, whether the mail server lets us in, and the Heard that `heard speak` is told of",
    "bench/": "times a Heard on this machine",
}


def test_nothing_else_can_ask_anybody():
    strays = [
        f"{name}: {module}"
        for path in files_ending(".py", below="src")
        if not (name := str(path.relative_to(SOURCE))).startswith(tuple(DOORS))
        for module in imported(path)
        if module in CLIENTS or module.partition(".")[0] in CLIENTS - {"http", "urllib"}
    ]
    assert strays == []


def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return found
