"""A process is known by its mark, and known to be gone."""

import subprocess
import sys

from heard.plumbing.processes import is_gone, mark

SAY = "from heard.plumbing.processes import mark; print(mark(), flush=True); input()"


def test_this_process_is_here() -> None:
    assert not is_gone(mark())


def test_a_process_that_was_killed_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout
        name = one.stdout.readline().strip()
        assert not is_gone(name)
        one.kill()
        one.wait()
    assert is_gone(name)


def test_another_process_with_its_number_is_not_it() -> None:
    host, number, _begun = mark().rsplit(":", 2)
    assert is_gone(f"{host}:{number}:1")


def test_of_another_machine_and_of_nonsense_nobody_can_tell() -> None:
    assert not is_gone("elsewhere:1:1")
    assert not is_gone("")
    assert not is_gone("nonsense")
