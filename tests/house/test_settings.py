"""Every name that the environment may hold is explained in docs/run/settings.md, and nothing else is."""

import re

from tests.house.tree import ROOT, SOURCE

ASKED = re.compile(
    r"(?:\b(?:text|number|span|flag|words|places|folder|address|origin|mailbox|reply_address|listening|imap|time_zone"
    r"|redis_url|database)|kept_secret)"
    r"\(\s*\"([A-Z][A-Z_]+)\""
)


def test_every_setting_is_explained():
    asked = {name for path in (SOURCE / "config").glob("*.py") for name in ASKED.findall(path.read_text())}
    rows = [line for line in (ROOT / "docs/run/settings.md").read_text().splitlines() if line.startswith("| `")]
    explained = {name for line in rows for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])}
    assert explained == asked
