"""A real Caddy that does what `deploy/Caddyfile` says, on this machine's own ports, in front of whatever is named."""

import contextlib
import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

CADDY = Path(sys.executable).with_name("caddy")
CADDYFILE = ROOT / "deploy" / "Caddyfile"
PAGES, ANSWERS = "heard.localhost", "answers.localhost"


@dataclass(frozen=True)
class Front:
    """Where it listens, the folder that it writes to, the file for all that it says, and its process."""

    port: int
    folder: Path
    said: Path
    pid: int

    def url(self, name: str) -> str:
        """The address of one of its two names."""
        return f"https://{name}:{self.port}"

    @contextlib.contextmanager
    def connection(self, name: str) -> Iterator[ssl.SSLSocket]:
        """A connection to it under a name, whose certificate was checked."""
        authority = self.folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        context = ssl.create_default_context(cafile=str(authority))
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=30) as plain,
            context.wrap_socket(plain, server_hostname=name) as secret,
        ):
            yield secret

    def ask(
        self, name: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """What is answered under a name: status, headers by small letters, and body."""
        with self.connection(name) as secret:
            asking = http.client.HTTPConnection(name, self.port)
            asking.sock = secret
            asking.request("GET" if body is None else "POST", path, body, headers or {})
            answer = asking.getresponse()
            return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()

    def most_memory(self) -> int:
        """The most bytes of memory that it ever had."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1_024 for line in status if line.startswith("VmHWM:"))

    def everything(self) -> str:
        """All that it has said or written."""
        files = [self.said, *(path for path in self.folder.rglob("*") if path.is_file())]
        return "\n".join(path.read_bytes().decode("latin-1") for path in files)


def as_written(names: dict[str, str]) -> dict[str, Any]:
    """What Caddy makes of the file. Nothing of this machine is changed by it, and no other port is taken."""
    command = [CADDY, "adapt", "--config", CADDYFILE, "--adapter", "caddyfile"]
    done = subprocess.run(command, env=os.environ | names, capture_output=True, text=True, check=True)
    config: dict[str, Any] = json.loads(done.stdout)
    apps = config["apps"]
    apps["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    for server in apps["http"]["servers"].values():
        server["automatic_https"] = {"disable_redirects": True}
    return config | {"admin": {"disabled": True}}


@contextlib.contextmanager
def caddy(folder: Path, *, port: int, web: int, stream: int, is_silent: bool = True) -> Iterator[Front]:
    """Caddy in front of a port for pages and one for the stream, as long as the context lasts.

    If it is not silent, it logs as it does where nobody tells it not to.
    """
    names = {
        "SITE": f"{PAGES}:{port}",
        "ANSWERS": f"{ANSWERS}:{port}",
        "UPSTREAM": "127.0.0.1",
        "WEB_PORT": str(web),
        "STREAM_PORT": str(stream),
    }
    wanted = as_written(names)
    if not is_silent:
        del wanted["logging"]
    config = folder / "caddy.json"
    config.write_text(json.dumps(wanted))
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("w") as said:
        process = subprocess.Popen([CADDY, "run", "--config", config], env=environment, stdout=said, stderr=said)
        front = Front(port, folder, folder / "caddy.log", process.pid)
        try:
            for _attempt in range(600):
                with contextlib.suppress(OSError), front.connection(PAGES), front.connection(ANSWERS):
                    break
                assert process.poll() is None, front.said.read_text()
                time.sleep(0.05)
            yield front
        finally:
            process.terminate()
            process.wait(20)
