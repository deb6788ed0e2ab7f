"""What a message of Viva Engage says, plain or in HTML, and what is attached to it."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping

from heard.features.arrivals.formats.bare_text import bare, bare_link
from heard.features.arrivals.formats.from_html import Html, plain
from heard.features.arrivals.formats.references import clean, message_reference, person_reference

_TOKEN = re.compile(r"\\?\[\\?\[(user|tag|topic):(\d{1,19})\\?\]\\?\]")
_MESSAGE = re.compile(
    r"https://(?:www|web|engage)\.(?:cloud\.)?(?:yammer\.com|microsoft)/\S*?"
    r"(?:threadid=(\d+)|/(?:messages|threads)/(?:(\d+)|(eyJ[\w=-]+)))",
    re.IGNORECASE,
)
_FORMATTED = re.compile(r"<(?:b|strong|i|em|u|s|ul|ol|pre|code|blockquote|h[1-6]|table)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CUT = re.compile(r"(?:\.\.\.|…)$")
_FILE = re.compile(r"\b\w*file:(\d{1,19})")
# Each part ends where its end comes first, and is never longer than a page would make it.
_PAGE = re.compile(
    r'opengraphobject:\[(\d{0,19}) : (?>(.{0,2000}?) : title=")(?>(.{0,1000}?)" : description=")(?>(.{0,5000}?)"\])',
    re.DOTALL,
)
_OTHER = re.compile(r"\b([a-z_]{2,40}):\[?(\d+)")


class Words(Html):
    """Reads one message after another; `secrets` counts what was taken out of links."""

    def __init__(self, people: Mapping[str, str], topics: Mapping[str, str]) -> None:
        super().__init__()
        self.people, self.topics = people, topics

    def of(self, body: str, html: str) -> tuple[str, tuple[str, ...]]:
        """The Markdown of a message, and its topics."""
        body = clean(body)
        if html and _is_better(body, html):
            text = self.markdown(html)
        else:
            text, secrets = bare(body)
            self.secrets += secrets
            text = re.sub(r"<(https://[^<>\s]+)>", self._linked, text)
        tags = [self.topics[key] for kind, key in _TOKEN.findall(text) if kind != "user" and key in self.topics]
        return _TOKEN.sub(self._named, text).strip(), tuple(dict.fromkeys(tags))

    def link(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        """Links to messages become references."""
        key = _message_in(address)
        return message_reference(key, "" if "://" in words else re.sub(r"\\(.)", r"\1", words)) if key else None

    def _linked(self, found: re.Match[str]) -> str:
        key = _message_in(found[1])
        return message_reference(key, "") if key else found[0]

    def _named(self, found: re.Match[str]) -> str:
        kind, key = found[1], found[2]
        if kind == "user":
            return person_reference(key, self.people[key]) if key in self.people else "\\@?"
        name = self.topics.get(key, "")
        return f"#{name}" if re.fullmatch(r"\w+", name) else plain(f"#{name or '?'}")


def files_in(attachments: str) -> list[str]:
    """The numbers of the files that are attached."""
    return list(dict.fromkeys(_FILE.findall(attachments)))


def pages_in(attachments: str, said: str) -> Iterator[str]:
    """Links to the pages that are attached, save those that stand in the words already."""
    for _number, address, title, description in _PAGE.findall(clean(attachments)):
        link = bare_link(address)
        if address in said or link == "…":
            continue
        label = plain(" ".join(title.split()))
        shown = f"[{label}]({link})" if label else link
        yield shown + (f"\n{plain(' '.join(description.split()))}" if description.strip() else "")


def others_in(attachments: str) -> int:
    """How many attachments are of a kind that cannot come."""
    rest = _FILE.sub("", _PAGE.sub("", attachments))
    return len(_OTHER.findall(rest))


def _is_better(body: str, html: str) -> bool:
    """Whether the HTML says more than the plain text: it was cut, or is shaped."""
    if not body or _FORMATTED.search(html):
        return not ("[[user:" in body and "[[user:" not in html)
    return bool(_CUT.search(body)) and len(_TAG.sub("", html)) > len(body)


def _message_in(address: str) -> str:
    """The number of the message that an address leads to, or nothing."""
    found = _MESSAGE.match(address)
    if not found:
        return ""
    if found[3]:
        try:
            told = base64.urlsafe_b64decode(found[3].rstrip("=") + "==").decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
        number = re.search(r'"id"\s*:\s*"?(\d+)', told)
        return number[1] if number else ""
    return found[1] or found[2]
