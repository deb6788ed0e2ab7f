"""Where the files lie that people bring."""

import errno
import os
import re
import secrets
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.plumbing.refusals import Refusal

PIECE = 1 << 20
_STORED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}(?:\.[a-z0-9]{1,10})?")
MOST_FILES = 10
_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,10})?")


class FileIsTooLarge(Refusal):
    """The file has more bytes than the settings allow."""

    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(_("This file is too large: at most %(most)s MB fit.") % {"most": most // 1_000_000})


class StorageIsFull(Refusal):
    """No room is left where the files lie."""

    status = 507
    sentence = gettext_lazy("There is no room left for files. Nothing was stored; please tell whoever runs this.")


def size_limit() -> int:
    """The most bytes a file may have (HEARD_UPLOAD_MB)."""
    return int(settings.HEARD_UPLOAD_MB) * 1_000_000


def most_megabytes_at_once() -> int:
    """The most megabytes that a browser may send at once: ten files, and some words."""
    return int(settings.HEARD_UPLOAD_MB) * MOST_FILES + 3


def check_size(size: int) -> None:
    """Raises FileIsTooLarge where so many bytes are too many."""
    if size > size_limit():
        raise FileIsTooLarge(size_limit())


def store(content: bytes | BinaryIO, suffix: str = "", *, most: int | None = None) -> str:
    """Keep the content under a name that nobody can guess, and return its path, such as `3f/3f…9c.webp`.

    When this returns, the file is whole and on the disk; when it raises FileIsTooLarge (over `most` bytes, or over
    the limit of the settings) or StorageIsFull, nothing of it is left. `suffix` is `.webp` or nothing.
    """
    if not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"{suffix!r} is not the suffix of a stored file.")
    name = secrets.token_hex(16)
    path = f"{name[:2]}/{name}{suffix}"
    source = BytesIO(content) if isinstance(content, bytes) else content
    try:
        _write(source, _folder() / path, size_limit() if most is None else most)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StorageIsFull from error
        raise
    return path


def open_stored(path: str) -> BinaryIO:
    """The stored file, open for reading; FileNotFoundError where nothing is stored at the path."""
    return _place(path).open("rb")


def delete(path: str) -> None:
    """Delete the stored file; where there is none, nothing happens."""
    try:
        _place(path).unlink(missing_ok=True)
    except FileNotFoundError:
        return


def _folder() -> Path:
    return Path(settings.HEARD_FILES)


def _place(path: str) -> Path:
    """Where the path leads: into the folder of files, for no other path is one that `store` gave."""
    if not _STORED.fullmatch(path):
        raise FileNotFoundError(errno.ENOENT, "Nothing is stored there", path)
    return _folder() / path


def _write(source: BinaryIO, place: Path, most: int) -> None:
    """Write all of the source beside its place, let the disk take it, and only then give it its name."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.part")
    source.seek(0)
    written = 0
    try:
        with unfinished.open("xb") as target:
            while piece := source.read(PIECE):
                written += len(piece)
                if written > most:
                    raise FileIsTooLarge(most)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        unfinished.rename(place)
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
