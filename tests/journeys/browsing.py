"""Which browser the journeys use, and how it is started. As a command: prints where it is, or what to install."""

import os
import shutil
import sys
from pathlib import Path

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
MISSING = (
    "The journeys need Chromium: install it (Debian and Ubuntu: apt install chromium; elsewhere: "
    ".venv/bin/playwright install chromium), or say where it is by HEARD_CHROMIUM."
)


def chromium() -> str | None:
    """The path of a Chromium: the one named, the system's, or Playwright's own."""
    for name in (os.environ.get("HEARD_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def flags() -> list[str]:
    """What Chromium is started with; root may not use its sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


if __name__ == "__main__":
    where = chromium()
    print(where or MISSING)  # noqa: T201
    sys.exit(where is None)
