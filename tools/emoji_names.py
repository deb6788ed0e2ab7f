"""Rewrites the table of emoji short names: `python tools/emoji_names.py emoji.json`.

The table is what `heard.plumbing.text.emoji` reads; `emoji.json` stands in the npm package `emoji-datasource`.
"""

import json
import re
import sys
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src/heard/plumbing/text/short_names.txt"
# Their names say which letters they are made of.
FLAG = re.compile(r"flag-[a-z]{2}")


def main(source: Path) -> None:
    opening = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = []
    for emoji in sorted(json.loads(source.read_text(encoding="utf-8")), key=lambda emoji: emoji["sort_order"]):
        names = [name for name in emoji["short_names"] if not FLAG.fullmatch(name)]
        if names:
            shown = "".join(chr(int(code, 16)) for code in emoji["unified"].split("-"))
            lines.append(" ".join([shown, *names]))
    TABLE.write_text("\n".join([*opening, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
