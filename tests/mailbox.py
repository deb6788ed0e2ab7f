"""A mailbox on this machine that speaks as much IMAP as fetching asks for, over a real connection."""

import contextlib
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Mailbox:
    """Folders of mails, each with its number and its flags; `can_move` is whether the server knows MOVE."""

    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}, "Done": {}})
    flags: dict[int, set[str]] = field(default_factory=dict)
    can_move: bool = True
    numbers: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    def put(self, raw: bytes) -> int:
        """A mail arrives."""
        self.numbers += 1
        self.folders["INBOX"][self.numbers] = raw
        self.flags[self.numbers] = set()
        return self.numbers

    def unread(self) -> list[int]:
        return [uid for uid in self.folders["INBOX"] if "\\Seen" not in self.flags[uid]]


class Speaker(socketserver.StreamRequestHandler):
    """One connection."""

    server: "Server"

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        box = self.server.box
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command, rest = [*line.split(" ", 2), "", ""][:3]
            name = command.upper()
            if name == "LOGOUT":
                self.say("* BYE done")
                self.say(f"{tag} OK done")
                return
            answer = "OK"
            if name == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1 UIDPLUS" + (" MOVE" if box.can_move else ""))
            elif name == "LOGIN":
                answer = "OK" if rest == 'heard "secret"' else "NO wrong"
            elif name == "SELECT":
                answer = "OK" if rest.strip('"') in box.folders else "NO there is none"
                self.say(f"* {len(box.folders['INBOX'])} EXISTS")
            elif name == "UID":
                answer = self.by_uid(box, rest)
            self.say(f"{tag} {answer} done")

    def by_uid(self, box: Mailbox, asked: str) -> str:
        name, _space, rest = asked.partition(" ")
        inbox = box.folders["INBOX"]
        if name == "SEARCH":
            self.say("* SEARCH " + " ".join(map(str, box.unread())))
            return "OK"
        uid, _space, rest = rest.partition(" ")
        number = int(uid)
        if name == "FETCH" and number in inbox:
            most = re.search(r"<0\.(\d+)>", rest)
            raw = inbox[number][: int(most[1]) if most else None]
            self.say(f"* 1 FETCH (UID {number} BODY[]<0> {{{len(raw)}}}")
            self.wfile.write(raw + b")\r\n")
        elif name == "STORE":
            box.flags[number].update(re.findall(r"\\\w+", rest))
        elif name in {"MOVE", "COPY"}:
            folder = rest.strip('"')
            if folder not in box.folders:
                return "NO there is none"
            box.folders[folder][number] = inbox[number]
            if name == "MOVE":
                del inbox[number]
        elif name == "EXPUNGE" and "\\Deleted" in box.flags[number]:
            del inbox[number]
        return "OK"


class Server(socketserver.ThreadingTCPServer):
    """Where a mailbox is reached."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, box: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), Speaker)
        self.box = box


@contextlib.contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mailbox as long as the context lasts; `settings` are what leads there."""
    box = Mailbox()
    with Server(box) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        host, port = server.server_address[:2]
        login = {"user": "heard", "password": "secret", "folder": "INBOX", "done": "", "every": 60, "tls": False}
        box.settings = {"host": host, "port": port, **login}
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
