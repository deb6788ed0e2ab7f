"""Where uploads lie, and where archives are unpacked while they are read."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from heard.features.arrivals.errors import DiskIsTooFull
from heard.features.arrivals.formats.safety import SPARE

_FORGOTTEN = 86_400


def arrivals_folder() -> Path:
    """The folder, readable by nobody else; what a killed run left unpacked in it a day ago is thrown away."""
    folder = Path(settings.HEARD_DATA) / "arrivals"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob("unpacked-*"):
        if left.stat().st_mtime < time.time() - _FORGOTTEN:
            shutil.rmtree(left, ignore_errors=True)
    return folder


def refuse_full_disk(megabytes: int) -> None:
    """Raises DiskIsTooFull where what is to come would not fit, and a little more."""
    free = shutil.disk_usage(settings.HEARD_DATA).free
    if free < megabytes * 10**6 + SPARE:
        raise DiskIsTooFull(megabytes, free // 10**6)
