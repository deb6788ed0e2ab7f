"""Makes the references in a text real: mentions by handle, links to communities and messages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from django.utils.translation import gettext as _

from heard.features.arrivals.actions.known import Known, Said
from heard.features.arrivals.formats.references import references, resolve_references
from heard.foundation.communities.models import Community
from heard.foundation.communities.rules import SEEN_BY_ALL
from heard.foundation.people.queries import Links
from heard.plumbing.text import Rendered, render

EXCERPT = 400
_GAP = "\ue003"
# A mention ends where no sign of a handle follows, and begins after none of these.
_AFTER = re.compile(_GAP + r"(?=[A-Za-z0-9_-])")
_BEFORE = re.compile(r"(?<=[\w@#/&+-])" + _GAP)


@dataclass(slots=True)
class Names(Links):
    """Links the people of one text, and nobody whose handle only happens to stand in it."""

    handles: dict[str, str] = field(default_factory=dict)

    def people(self, handles: set[str]) -> Mapping[str, tuple[str, str]]:
        """Addresses and names by handle."""
        return {handle: (f"/people/{handle}/", self.handles[handle]) for handle in handles & self.handles.keys()}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A text whose references are real: its Markdown, and whom it may name, by handle with name and id.

    `is_waiting` where it refers to a message that may come later.
    """

    source: str
    names: dict[str, str]
    ids: dict[str, int]
    is_waiting: bool

    def written(self, rendered: Rendered) -> "Written":
        """The text as it is stored."""
        mentioned = [self.ids[handle] for handle in rendered.mentions if handle in self.ids]
        return Written(self.source, rendered, mentioned, self.is_waiting)


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is stored: its Markdown, its rendering, and whom it names by id."""

    source: str
    rendered: Rendered
    mentioned: list[int]
    is_waiting: bool


def render_all(texts: list[tuple[str, dict[str, str]]]) -> list[Rendered]:
    """Renders texts, each with the people it may name by handle: the work of other processes.

    Of the plain words only the excerpt comes back.
    """
    rendered = (render(source, link=Names(names)) for source, names in texts)
    return [replace(one, plain=one.excerpt(EXCERPT)) for one in rendered]


class Referring:
    """Resolves references with what has come so far."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.slugs: dict[int, str] = {}

    def written(self, text: str, said: Mapping[str, Said]) -> Written:
        """The text with its references, rendered."""
        resolved = self.resolved(text, said)
        return resolved.written(render(resolved.source, link=Names(resolved.names)))

    def resolved(self, text: str, said: Mapping[str, Said]) -> Resolved:
        """The text with its references."""
        names: dict[str, str] = {}
        ids: dict[str, int] = {}
        waiting = False

        def resolve(kind: str, key: str, label: str) -> str:
            nonlocal waiting
            if kind == "person":
                whom = self.known.people.get(key)
                if whom is None:
                    return f"{label}"
                names[whom.handle], ids[whom.handle] = whom.name, whom.id
                return f"{_GAP}@{whom.handle}{_GAP}"
            if kind == "community":
                return self._community(key, label)
            found = said.get(key)
            if found is None or not found.thread_id:
                waiting = True
                return _escaped(label) or _("a message that is not here")
            own = "" if found.id == found.thread_id else f"{found.id}/"
            return f"[{_escaped(label) or _('this message')}](/threads/{found.thread_id}/{own})"

        source = resolve_references(text, resolve)
        if _GAP in source:
            source = _BEFORE.sub(" ", _AFTER.sub(" ", source)).replace(_GAP, "")
        return Resolved(source, names, ids, waiting)

    def messages_in(self, text: str) -> list[str]:
        """The keys of the messages that a text refers to."""
        return [key for kind, key in references(text) if kind == "message"]

    def _community(self, key: str, label: str) -> str:
        target = self.known.communities.get(key)
        if target is None:
            return _escaped(label)
        if target not in self.slugs:
            seen = Community.objects.filter(pk=target, access__in=SEEN_BY_ALL)
            self.slugs[target] = seen.values_list("slug", flat=True).first() or ""
        named = _escaped(label if label.startswith("#") else "#" + label)
        # The address of a private one says its name to whoever reads the text.
        return f"[{named}](/communities/{quote(self.slugs[target])}/)" if self.slugs[target] else named


def _escaped(label: str) -> str:
    return re.sub(r"([\[\]\\#@])", r"\\\1", label)
