"""A token in a file: it is worth one vote, so nobody else may read it, and nobody at all once it has counted."""

import json
import os
import secrets
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from heard.cli.answers import fail


@dataclass(frozen=True, slots=True)
class TokenFile:
    """What is needed to answer later, with no word of who took it.

    `page` is what the member was shown: title, questions, group. `seen` is the log as far as it was known when the
    token was taken. Of each token in `tokens`: prefix, blinded, inverse, and in the end signature.
    """

    origin: str
    ballot: str
    group: str
    n: str
    page: dict[str, Any]
    seen: dict[str, Any]
    tokens: list[dict[str, str]]

    @property
    def is_signed(self) -> bool:
        """Whether the tokens count already."""
        return all("signature" in token for token in self.tokens)


def write(path: Path, file: TokenFile) -> None:
    """Writes it whole or not at all, for its owner alone; what it takes the place of is overwritten on the disk."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        json.dump(asdict(file), stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    with path.open("r+b") if path.exists() else nullcontext() as before:
        fresh.replace(path)
        if before is not None:
            overwrite(before)


def erase(path: Path) -> None:
    """Overwrites a file where it lies, removes it, and puts the times of its folder back. Raises OSError.

    What this cannot reach: a disk that writes elsewhere, and when the file system noted that a file was removed.
    """
    folder, times = path.parent, path.parent.stat()
    with path.open("r+b") as stream:
        overwrite(stream)
    path.unlink()
    with suppress(OSError):
        os.utime(folder, ns=(times.st_atime_ns, times.st_mtime_ns))


def overwrite(stream: BinaryIO) -> None:
    """Puts chance in the place of all that a file holds, and waits until the disk has it."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    stream.write(secrets.token_bytes(size))
    stream.flush()
    os.fsync(stream.fileno())


def words_in(path: Path) -> str:
    """What stands in a file. On Linux its owner's reading changes none of its times. Raises OSError and ValueError."""
    with open(path, encoding="utf-8", opener=_unnoticed) as stream:
        return stream.read()


def _unnoticed(name: str, flags: int) -> int:
    try:
        return os.open(name, flags | getattr(os, "O_NOATIME", 0))
    except PermissionError:
        return os.open(name, flags)


def read(path: Path) -> TokenFile:
    """The file, whose tokens count; ends the command where it is none."""
    file = read_any(path)
    if not file.is_signed:
        fail(f"The token in {path} was never signed. `heard speak take` fetches the signature.")
    return file


def read_any(path: Path) -> TokenFile:
    """The file, whether or not its tokens are signed; ends the command where it is none."""
    try:
        return TokenFile(**json.loads(words_in(path)))
    except FileNotFoundError:
        fail(f"There is no file {path}.")
    except (OSError, ValueError, TypeError):
        fail(f"{path} holds no token, or it is damaged.")
