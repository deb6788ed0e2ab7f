"""What a Discourse post says: its Markdown where the archive has it, else what its HTML says."""

import re
from dataclasses import dataclass
from typing import Any

from heard.features.arrivals.formats.discourse_html import Cooked
from heard.features.arrivals.formats.discourse_raw import Raw
from heard.features.arrivals.formats.discourse_site import Site
from heard.features.arrivals.formats.from_html import plain
from heard.features.arrivals.formats.links import scrubbed
from heard.features.arrivals.formats.records import FileRecord
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.values import dicts_in, number_in, text_in

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a post, the files of it that the archive holds, and how many links lost a secret."""

    text: str
    files: list[FileRecord]
    secrets: int


class Words:
    """Turns posts into Markdown, one after another."""

    def __init__(self, site: Site) -> None:
        self._cooked, self._raw = Cooked(site), Raw(site)

    def html(self, description: Any) -> str:
        """A description without references."""
        return plain(_TAG.sub("", text_in(description)))

    def of(self, post: dict[str, Any], key: str) -> Said:
        """What a post says. Markdown with HTML in it is read as the HTML that the forum made of it."""
        raw, cooked = (clean(text) if isinstance(text := post.get(name), str) else "" for name in ("raw", "cooked"))
        self._cooked.members.clear()
        self._raw.members.clear()
        before = self._cooked.secrets + self._raw.secrets
        text = self._raw.markdown(raw, cooked) if raw.strip() else None
        if text is None:
            text = self._cooked.markdown(cooked or raw)
        members = dict.fromkeys([*self._raw.members, *self._cooked.members])
        files = [
            FileRecord(key, member, name=member.rpartition("/")[2], member=member, where=post["where"])
            for member in members
        ]
        parts = [text, *(_votes(poll) for poll in dicts_in(post.get("polls")))]
        secrets = self._cooked.secrets + self._raw.secrets - before
        return Said(scrubbed("\n\n".join(part for part in parts if part.strip())), files, secrets)


def _votes(poll: dict[str, Any]) -> str:
    """How a poll stands."""
    lines = []
    for option in dicts_in(poll.get("options")):
        votes, words = number_in(option.get("votes")), plain(_TAG.sub("", text_in(option.get("html"))))
        if words and votes is not None:
            lines.append(f"- {words}: {votes}")
    title = plain(text_in(poll.get("title")))
    return "\n".join([f"**{title}**" if title else "", *lines]).strip() if lines else ""
