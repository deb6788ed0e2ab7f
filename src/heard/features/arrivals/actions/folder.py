"""Where uploads lie, and where archives are unpacked while they are read."""

import shutil
import time
from pathlib import Path

from django.conf import settings

_FORGOTTEN = 86_400


def arrivals_folder() -> Path:
    """The folder, readable by nobody else; what a killed run left unpacked in it a day ago is thrown away."""
    folder = Path(settings.HEARD_DATA) / "arrivals"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob("unpacked-*"):
        if left.stat().st_mtime < time.time() - _FORGOTTEN:
            shutil.rmtree(left, ignore_errors=True)
    return folder
