"""`heard serve` starts all of Heard, stops all of it, and says in one sentence why it cannot start."""

import contextlib
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from heard.cli.serve import shorter_waits
from heard.plumbing.pages.bodies import GRACE
from tests.installation import Installation
from tests.journeys.running import two_free_ports, wait_until_answered


class Served:
    """A `heard serve` that has come up, with everything it started."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def parts(self) -> dict[str, psutil.Process]:
        """Each part's process."""
        children = psutil.Process(self.process.pid).children()
        lines = [(child, command_of(child)) for child in children]
        return {words[words.index("--only") + 1]: child for child, words in lines if "--only" in words}

    def family(self) -> list[psutil.Process]:
        """Every process that belongs to it, whatever became of its parent."""
        return [one for one in psutil.process_iter() if setting(one, "PORT") == str(self.port)]

    def is_gone(self) -> bool:
        """Whether nothing of it is left before long."""
        return soon(lambda: not self.family())

    def end(self) -> None:
        """End whatever is left of it; a part may end by itself meanwhile, because what watches it did."""
        for one in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait(20)


def soon(holds) -> bool:
    """Whether something comes true within half a minute."""
    for _attempt in range(300):
        if holds():
            return True
        time.sleep(0.1)
    return False


def command_of(process: psutil.Process) -> list[str]:
    """What a process was started with; nothing of one that has just ended."""
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def setting(process: psutil.Process, name: str) -> str | None:
    """What a process of ours was told by its environment."""
    with contextlib.suppress(psutil.Error, OSError):
        return process.environ().get(name)
    return None


@contextlib.contextmanager
def serving(installation: Installation, *arguments: str, **settings: str) -> Iterator[Served]:
    """All four parts, up, as long as the context lasts."""
    port = two_free_ports()
    log = installation.folder / "serve.log"
    with log.open("w") as out:
        environment = installation.environment | settings | {"PORT": str(port)}
        command = [*installation.command, "serve", *arguments]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        served = Served(process, port, log)
        try:
            wait_until_answered(port, process, log)
            wait_until_answered(port + 1, process, log)
            assert soon(lambda: len(served.parts()) == 4), log.read_text()
            yield served
        finally:
            served.end()


@pytest.fixture
def served(prepared: Installation) -> Iterator[Served]:
    """All four parts, up."""
    with serving(prepared) as served:
        yield served


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_of_it_stops_when_told_to(served, number):
    served.process.send_signal(number)
    assert served.process.wait(30) == 0
    assert served.is_gone()
    assert "Traceback" not in served.log.read_text()


def test_a_part_that_ends_is_started_again_and_a_sentence_says_so(served):
    first = served.parts()["worker"]
    first.kill()
    assert soon(lambda: served.parts().get("worker", first) != first)
    assert (
        "The worker process ended by itself (killed by signal 9); it is started again in 1 s." in served.log.read_text()
    )
    assert served.process.poll() is None


def test_the_web_comes_back_with_its_port(served):
    served.parts()["web"].kill()
    assert soon(lambda: "web" not in served.parts())
    assert soon(lambda: "web" in served.parts())
    wait_until_answered(served.port, served.process, served.log)


def test_nothing_outlives_the_process_that_watches(served):
    served.process.kill()
    assert served.is_gone()


def test_browsers_that_stop_on_their_way_hold_nobody_up(served):
    page = f"http://127.0.0.1:{served.port}/accounts/login/"
    head = f"POST /voice/read/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Length: 1024\r\n\r\n"
    with urllib.request.urlopen(page, timeout=60), contextlib.ExitStack() as slow:
        for _one in range(8):
            browser = slow.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=60))
            browser.sendall(f"{head}abc".encode())
        with urllib.request.urlopen(page, timeout=GRACE - 2) as answer:
            assert answer.status == 200


def test_static_files_are_served_to_be_kept_for_ever(served):
    names = (Path(served.log.parent) / "static").rglob("*.css")
    name = next(path for path in names if path.name.count(".") == 2).relative_to(served.log.parent / "static")
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/static/{name}", timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_where_real_people_are_nobody_who_comes_late_gets_a_token_sooner(prepared, anne):
    prepared.says("admin", "create", *anne)
    with serving(prepared, "--demo") as served:
        assert setting(served.parts()["web"], "HEARD_TOKEN_WAIT") is None


def test_where_the_demo_company_moved_in_whoever_comes_late_waits_ten_seconds():
    company = {"people": [{"role": "member"}]}
    assert shorter_waits(company, {}) == {"HEARD_TOKEN_WAIT": "10"}
    assert shorter_waits(company, {"HEARD_TOKEN_WAIT": "60"}) == shorter_waits({"people": []}, {}) == {}


def test_a_folder_is_served_once(served, prepared):
    done = prepared.run("serve", PORT=str(two_free_ports()))
    assert done.returncode == 1
    assert done.stderr.startswith("heard: Heard is already running from ")


@pytest.mark.parametrize("which", [0, 1])
def test_a_port_in_use_is_said_in_one_sentence(prepared, which):
    port = two_free_ports()
    with socket.create_server(("127.0.0.1", port + which)):
        done = prepared.run("serve", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"heard: Port {port + which}, for ")
    assert len(done.stderr.splitlines()) == 1


def test_an_address_of_another_machine_is_refused(prepared):
    done = prepared.run("serve", PORT=str(two_free_ports()), HEARD_BIND="203.0.113.7")
    assert done.returncode == 1
    assert done.stderr == "heard: HEARD_BIND is 203.0.113.7, which is no address of this machine.\n"
