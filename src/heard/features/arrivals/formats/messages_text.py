"""The words of a table of messages: Markdown or HTML, told apart; mentions of people who spoke become real."""

import re

from heard.features.arrivals.formats.from_html import Html
from heard.features.arrivals.formats.links import scrubbed, without_secrets
from heard.features.arrivals.formats.records import PersonRecord
from heard.features.arrivals.formats.references import clean, person_reference

_TAG = re.compile(
    r"</?(?:p|br|div|a|ul|ol|li|b|strong|i|em|pre|code|blockquote|h[1-6]|table|span|img)\b[^<>]*>", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+", re.IGNORECASE)
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_MENTION = re.compile(r"(?<![\w/@.])@([\w.-]{2,60})")


class Words:
    """Turns cells into Markdown with references to people who were met."""

    def __init__(self) -> None:
        self.html = Html()
        self.handles: dict[str, tuple[str, str]] = {}

    def meet(self, person: PersonRecord) -> None:
        """Notes somebody by the names that a mention may use."""
        name = person.name
        for handle in (
            person.handle,
            person.email.partition("@")[0],
            name,
            name.replace(" ", "."),
            name.replace(" ", ""),
        ):
            if handle and " " not in handle:
                self.handles.setdefault(handle.casefold(), (person.key, name))

    def of(self, text: str) -> tuple[str, int]:
        """Markdown, and how many secrets were taken out of addresses."""
        text = clean(text)
        secrets = 0

        def bare(found: re.Match[str]) -> str:
            nonlocal secrets
            kept = without_secrets(found[0])
            secrets += kept != found[0]
            return kept or "…"

        if _TAG.search(text):
            secrets = sum(without_secrets(found[0]) != found[0] for found in _ADDRESS.finditer(text))
            return self.html.markdown(text), secrets
        text = scrubbed(_ADDRESS.sub(bare, text))
        parts = _CODE.split(text)
        parts[::2] = [_MENTION.sub(self._mention, part) for part in parts[::2]]
        return "".join(parts).strip(), secrets

    def title(self, text: str) -> str:
        """A headline on one line, without markup."""
        return " ".join(re.sub(_TAG, " ", clean(text)).split())[:200]

    def _mention(self, found: re.Match[str]) -> str:
        named = found[1].rstrip(".-")
        key, name = self.handles.get(named.casefold(), ("", ""))
        return person_reference(key, f"@{name}") + found[1][len(named) :] if key else f"\\{found[0]}"
