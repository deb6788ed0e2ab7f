"""Foreign text without markup as Markdown: no sign in it means anything, and addresses are links without secrets."""

import re

from heard.features.arrivals.formats.from_html import plain
from heard.features.arrivals.formats.links import scrubbed, without_secrets

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\ue000-\ue003]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?)]}*_~"
_INDENTED = re.compile(r"^(?: {4,}|\t)[ \t]*|^(?=(?:-+|=+)[ \t]*$)", re.MULTILINE)
_ENTITY = re.compile(r"&(?=#?\w+;)")


def bare(text: str) -> tuple[str, int]:
    """The Markdown of a text, and how many secrets were taken out of addresses in it."""
    pieces, at, secrets = [], 0, 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_AFTER_ADDRESS)
        pieces += [_words(text[at : found.start()]), link := bare_link(address)]
        secrets += link != f"<{address}>"
        at = found.start() + len(address)
    pieces.append(_words(text[at:]))
    return scrubbed("".join(pieces)), secrets


def bare_link(address: str) -> str:
    """An address as a link that shows itself, or three dots where nothing is left of it."""
    kept = without_secrets(address)
    return f"<{kept}>" if kept.lower().startswith(("http://", "https://")) else "…"


def _words(text: str) -> str:
    """Lists may stay lists; a line turns neither into code nor makes a heading of the one above it."""
    return _INDENTED.sub(lambda found: "" if found[0] else "\\", _ENTITY.sub(r"\\&", plain(text)))
