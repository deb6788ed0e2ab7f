"""Work in other processes beside this one, for imports: another core reads ahead, and others render.

The processes are forked from a server that has Django ready, so that they start soon and share what they hold. They
end when the one that started them does, however it ends.
"""

import contextlib
import fcntl
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from heard.plumbing.refusals import Refusal

_AT_ONCE = 200
_AHEAD = 1 << 20
"""Bytes that may wait to be taken: as much as Linux lets a pipe hold, and a batch of long messages."""
_CONTEXT = multiprocessing.get_context("forkserver")


class Failed(RuntimeError):
    """What another process raised, in words; a refusal there is a refusal here."""


class Beside[Given, Made]:
    """So many processes that turn lists into lists of the same length by `function`, a function of a module."""

    def __init__(self, function: Callable[[list[Given]], list[Made]], processes: int) -> None:
        self.function = function
        self.ends = [_started(_turn, function) for _nth in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for end in self.ends:
            end.close()

    def map(self, given: Sequence[Given]) -> list[Made]:
        """What `function` makes of all of them, in their order."""
        return self.begin(given)()

    def begin(self, given: Sequence[Given]) -> Callable[[], list[Made]]:
        """Begins to make all of them, and gives what waits for them; it must be called before more is begun."""
        if not self.ends or len(given) < 2 * len(self.ends):
            return lambda: self.function(list(given))
        # Every process takes each nth, so that none has all the long ones.
        for nth, end in enumerate(self.ends):
            end.send(list(given[nth :: len(self.ends)]))

        def finish() -> list[Made]:
            made: list[Any] = [None] * len(given)
            for nth, end in enumerate(self.ends):
                made[nth :: len(self.ends)] = _received(end)
            return made

        return finish


def ahead[Item](make: Callable[..., Iterable[Item]], *arguments: Any) -> Iterator[Item]:
    """The items that `make(*arguments)` gives, made by another process that is a little ahead."""
    end = _started(_give, make, *arguments, is_ahead=True)
    try:
        while items := _received(end):
            yield from items
    finally:
        end.close()


def get_ready() -> None:
    """Begins to start the server that processes are forked from, so that it is there when the first is wanted."""
    # What the server imports once, every process has.
    _CONTEXT.set_forkserver_preload(["heard.plumbing.beside_ready"])
    forkserver.ensure_running()


def _started(target: Callable[..., None], *arguments: Any, is_ahead: bool = False) -> "Connection[Any, Any]":
    get_ready()
    ours, theirs = _CONTEXT.Pipe(duplex=not is_ahead)
    if is_ahead and hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):  # where the system grants less, less is ahead
            fcntl.fcntl(theirs.fileno(), fcntl.F_SETPIPE_SZ, _AHEAD)
    _CONTEXT.Process(target=target, args=(theirs, *arguments), daemon=True).start()
    theirs.close()
    return ours


def _received(end: "Connection[Any, Any]") -> Any:
    try:
        kind, value = end.recv()
    except EOFError as error:
        raise Failed("Another process ended before it was done.") from error
    if kind == "refused":
        raise Refusal(value)
    if kind == "failed":
        raise Failed(value)
    return value


def _give(end: "Connection[Any, Any]", make: Callable[..., Iterable[Any]], *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started this hears it, and lets go of its end
    with contextlib.suppress(BrokenPipeError, ConnectionResetError), _told(end):
        items = []
        for item in make(*arguments):
            items.append(item)
            if len(items) == _AT_ONCE:
                end.send(("made", items))
                items = []
        if items:
            end.send(("made", items))
        end.send(("made", []))


def _turn(end: "Connection[Any, Any]", function: Callable[[list[Any]], list[Any]]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            given = end.recv()
            with _told(end):
                end.send(("made", function(given)))


@contextlib.contextmanager
def _told(end: "Connection[Any, Any]") -> Iterator[None]:
    """Tells the other side what was raised, instead of dying of it."""
    try:
        yield
    except (EOFError, BrokenPipeError, ConnectionResetError):
        raise
    except Refusal as refusal:
        end.send(("refused", str(refusal)))
    except Exception as error:
        end.send(("failed", f"{type(error).__name__}: {error}"))
