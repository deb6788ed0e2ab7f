"""The filters of the search page: what was chosen, and the addresses that choose and unchoose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.foundation.search.rules import HAS, KINDS, Asked, day_of, understood

FIELDS = ("q", "show", "from", "in", "has", "after", "before", "order")
SHOWS = {
    "": gettext_lazy("All"),
    "ask": gettext_lazy("Questions"),
    "suggest": gettext_lazy("Ideas"),
    "reply": gettext_lazy("Replies"),
    "file": gettext_lazy("Files"),
    "people": gettext_lazy("People"),
    "communities": gettext_lazy("Communities"),
}
THINGS = {
    "file": gettext_lazy("With a file"),
    "picture": gettext_lazy("With a picture"),
    "link": gettext_lazy("With a link"),
}
SPANS = {7: gettext_lazy("Past week"), 31: gettext_lazy("Past month"), 365: gettext_lazy("Past year")}
LONGEST = 10_000
LONGEST_LABEL = 28


@dataclass(frozen=True)
class Chip:
    """A filter as it is shown: whether it is on, and the address that turns it over."""

    label: str
    url: str
    is_on: bool


class Choices:
    """What the address of the page says."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = {name: given[name].strip() for name in FIELDS if given.get(name, "").strip()}
        self.typed = given.get("q", "").strip()[:LONGEST]
        self.show = self.given.get("show", "") if self.given.get("show", "") in SHOWS else ""
        self.is_best = self.given.get("order") == "best"
        older = given.get("older", "")
        self.older = int(older) if older.isascii() and older.isdigit() and len(older) < 19 else None

    @cached_property
    def asked(self) -> Asked:
        """What was typed together with what was chosen."""
        asked, given = understood(self.typed), self.given
        return replace(
            asked,
            people=(*asked.people, *chosen(given.get("from", "").lstrip("@"))),
            places=(*asked.places, *chosen(given.get("in", ""))),
            kinds=(*asked.kinds, *chosen(self.show if self.show in KINDS else "")),
            has=(*asked.has, *chosen(given.get("has", "") if given.get("has") in HAS else "")),
            after=asked.after or day_of(given.get("after", "")),
            before=asked.before or day_of(given.get("before", "")),
        )

    @cached_property
    def words(self) -> str:
        """The words alone, without filters and tags, by which people and communities are found."""
        return " ".join(term.written for term in self.asked.wanted).strip()[:200]

    @property
    def tags(self) -> list[str]:
        """Hashtags that what is found has to have."""
        return [tag for tag, wanted in self.asked.tags if wanted]

    @property
    def is_wordless(self) -> bool:
        """Whether something was typed that holds nothing to look for."""
        return bool(self.typed) and self.asked.is_nothing

    @property
    def is_plain(self) -> bool:
        """Whether nothing but words was asked for."""
        asked = self.asked
        filters = (asked.people, asked.places, asked.kinds, asked.has)
        return bool(self.words or self.tags) and not any(filters) and asked.after is None and asked.before is None

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the fields behind the button is filled in."""
        return any(self.given.get(name) for name in ("from", "in", "after", "before", "order"))

    def with_(self, **changed: str) -> str:
        """The address of this page with other choices; "" takes one away."""
        kept = {**self.given, **{name.rstrip("_"): value for name, value in changed.items()}}
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    @property
    def all_people(self) -> str:
        """Where all the people that are found are shown."""
        return self.with_(show="people")

    @property
    def all_places(self) -> str:
        """Where all the communities that are found are shown."""
        return self.with_(show="communities")

    def turned(self, label: str, name: str, value: str) -> Chip:
        """A chip that sets a filter, or takes it away where it is set."""
        is_on = self.given.get(name) == value
        return Chip(label, self.with_(**{name: "" if is_on else value}), is_on)

    @property
    def tabs(self) -> list[dict[str, object]]:
        """What kinds of things may be looked for."""
        return [
            {"url": self.with_(show=show), "label": label, "current": show == self.show}
            for show, label in SHOWS.items()
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """Filters at hand."""
        today = timezone.localdate()
        spans = [self.turned(str(label), "after", str(today - timedelta(days=n))) for n, label in SPANS.items()]
        things = [self.turned(str(label), "has", what) for what, label in THINGS.items()]
        return [self.turned(_("From me"), "from", "me"), *spans, *things]

    @property
    def set_elsewhere(self) -> list[Chip]:
        """Filters that are on and that none of the chips at hand shows."""
        labels = {
            "from": _("From %(what)s"),
            "in": _("In %(what)s"),
            "after": _("Since %(what)s"),
            "before": _("Before %(what)s"),
        }
        shown = {chip.url for chip in self.chips if chip.is_on}
        found = []
        for name, label in labels.items():
            if value := self.given.get(name):
                chip = self.turned(label % {"what": shortened(spoken(value))}, name, value)
                found += [] if chip.url in shown else [chip]
        return found


def spoken(value: str) -> str:
    """A day as the reader writes days; anything else as it is."""
    day: date | None = day_of(value)
    return date_format(day) if day else value


def shortened(value: str) -> str:
    """As much of it as a chip holds on a phone."""
    return value if len(value) <= LONGEST_LABEL else value[: LONGEST_LABEL - 1] + "…"


def chosen(value: str) -> tuple[tuple[str, bool], ...]:
    """A filter as `Asked` holds it."""
    return ((value, True),) if value else ()


def chosen_from(given: Mapping[str, Any]) -> Choices:
    """The choices of a request."""
    return Choices(given)
