"""What a Stack Exchange site is called, and which addresses lead to its own posts."""

import json
import re
from collections import defaultdict

from heard.features.arrivals.formats.shelf import Sorted

_IS_HOST = re.compile(
    r"(?:[\w-]+\.)*(?:stackexchange|stackoverflow|superuser|serverfault|askubuntu|stackapps|mathoverflow)\.(?:com|net)"
    r"|(?:[\w-]+\.)+(?:com|net|org)",
    re.IGNORECASE,
)
_PACKED = re.compile(r"(?:\.(?:zip|7z|tar|gz|xz|bz2))+$", re.IGNORECASE)
_QUESTION = re.compile(r"https?://([\w.-]{4,80})/questions/(\d{1,12})/([\w-]{8,200})")
_POST = re.compile(
    r"https?://([\w.-]{4,80})/(?:(?P<kind>questions|q|a)/(?P<post>\d{1,17})(?P<rest>[^#\s]*)|users/(?P<user>-?\d{1,17})[^#\s]*)"
    r"(?:#(?P<mark>\S*))?",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"/[^/]*/(\d{1,17})(?:[/?]|$)")
_MOST_HOSTS, _MOST_OF_ONE = 500, 200


class Site:
    """Finds out its own host by links whose words are the titles of its questions. `others` are posts that stay."""

    def __init__(self, file: str, inside: str) -> None:
        stem = _PACKED.sub("", file) or file
        folder = inside.rpartition("/")[0].rpartition("/")[2]
        self.hosts = {name.lower() for name in (stem, folder) if _IS_HOST.fullmatch(name)}
        self.name = folder if _IS_HOST.fullmatch(folder) else stem
        self.others: set[int] = set()
        self.posts = Sorted()
        self._links: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def look_at(self, html: str) -> None:
        """Remembers links that may lead to questions of this site."""
        if "/questions/" not in html:
            return
        for host, question, words in _QUESTION.findall(html):
            host = host.lower()
            if host in self._links or len(self._links) < _MOST_HOSTS:
                seen = self._links[host]
                if len(seen) < _MOST_OF_ONE:
                    seen.append((int(question), words))

    def settle(self, posts: Sorted) -> None:
        """Decides which host is its own, once all posts are known."""
        self.posts = posts
        right = {
            host: sum(self._is_titled(question, words) for question, words in seen)
            for host, seen in self._links.items()
        }
        own = max(sorted(right), key=lambda host: right[host], default="")
        if own and right[own]:
            if not self.hosts:
                self.name = own
            self.hosts.add(own)
        self._links.clear()

    def target(self, address: str) -> tuple[str, str]:
        """Kind and key of what an address of this site leads to, or nothing where it leads elsewhere."""
        found = _POST.match(address)
        if not found or found[1].lower() not in self.hosts:
            return "", ""
        if found["user"]:
            return "person", found["user"]
        mark = found["mark"] or ""
        if comment := re.match(r"comment(\d{1,17})", mark):
            return "message", f"c{comment[1]}"
        wanted = [mark] if mark.isdecimal() and len(mark) < 18 else []
        if found["kind"] == "questions" and (answer := _ANSWER.match(found["rest"] or "")):
            wanted.append(answer[1])
        known = (key for key in [*wanted, found["post"]] if int(key) in self.posts)
        key = next(known, "")
        return ("message", str(int(key))) if key else ("", "")

    def _is_titled(self, question: int, words: str) -> bool:
        kept = self.posts.get(question)
        title = _letters(json.loads(kept).get("Title", "")) if kept else ""
        wanted = _letters(words)
        return len(wanted) > 5 and title.startswith(wanted[:40])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())
