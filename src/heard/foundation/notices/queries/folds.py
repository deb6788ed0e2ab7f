"""The list of notices, folded: what is about the same thread is one row, in which the weightiest kind speaks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models.expressions import RawSQL
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.foundation.notices.models import Notice
from heard.foundation.notices.queries.telling import is_listed
from heard.foundation.notices.queries.wanting import muted_and_off
from heard.foundation.notices.rules import MUTABLE, because, occasion, sentence, weight
from heard.plumbing.ids import HIGHEST_ID

PAGE = 30
LOOKED_AT = 25
"""How many of a fold's notices are looked at, the newest: so that a page costs the same however many there are."""
NAMED = 2


@dataclass(frozen=True, slots=True)
class Fold:
    """One row: `notice` is the newest, `leads` the one that speaks; `names` are of those who did what it says."""

    notice: Notice
    leads: Notice
    names: list[str]
    more: int
    is_unseen: bool
    is_muted: bool
    is_off: bool = False

    @property
    def names_told(self) -> SafeString:
        """The people, as HTML: "Ana, Bo and 3 others"."""
        bold = format_html_join(", ", '<b dir="auto">{}</b>', [(name,) for name in self.names[:NAMED]])
        others = len(self.names) - NAMED
        if others > 0:
            rest = ngettext("%(count)s other", "%(count)s others", others) % {"count": others}
            return format_html(_("{names} and {rest}"), names=bold, rest=rest)
        if len(self.names) == NAMED:
            one, other = (format_html('<b dir="auto">{}</b>', name) for name in self.names)
            return format_html(_("{names} and {rest}"), names=one, rest=other)
        return bold if self.names else mark_safe(_("Somebody"))  # noqa: S308 - our own words

    @property
    def told(self) -> SafeString:
        """What happened, as HTML."""
        title = self.leads.title or self.notice.title
        shown = format_html("“<bdi>{}</bdi>”", title) if title else ""
        return sentence(self.leads.why, self.names_told, shown)

    @property
    def because(self) -> str:
        """Why it came."""
        return because(self.leads.why)

    @property
    def occasion(self) -> str:
        """When its kind comes."""
        return occasion(self.leads.why)

    @property
    def can_be_muted(self) -> bool:
        """Whether it is about a thread that may be muted."""
        return self.notice.about == "thread" and self.leads.why in MUTABLE


@dataclass(frozen=True, slots=True)
class Page:
    """A page of folds, the id of the newest notice it could hold, and before which ids its neighbours begin.

    `older` is 0 where it is the last page; `newer` is None where it is the first, 0 where the first follows.
    """

    folds: list[Fold]
    newest: int
    older: int
    newer: int | None


def page_of(
    person: AbstractBaseUser,
    *,
    before: int | None = None,
    is_unread: bool = False,
    seen: Callable[[Collection[Notice]], Collection[int]],
) -> Page:
    """A page of folds, or of those that are unread, newest first, in four queries at most, and those of `seen`.

    `seen` gives the ids of the notices among those handed to it that may be shown; it is asked once. The page can be
    shorter for it.
    """
    heads = heads_of(person.pk, before or HIGHEST_ID, is_unread=is_unread)
    has_more = len(heads) > PAGE
    newest, heads = (heads[0].pk if heads else 0), heads[:PAGE]
    within = newest_within(person.pk, heads)
    shown = set(seen({one.pk: one for one in chain(heads, *within.values())}.values())) if heads else set()
    threads = {head.about_id for head in heads if head.about == "thread"}
    muted, off = muted_and_off(person, threads) if heads else (set(), set())
    folds = []
    for head in heads:
        left = [one for one in within.get((head.about, head.about_id), [head]) if one.pk in shown]
        if left:
            folds.append(fold(head if head.pk in shown else left[0], left, muted, off))
    newer = None if before is None else newer_than(person.pk, before, is_unread=is_unread)
    return Page(folds, newest, heads[-1].pk if has_more else 0, newer)


def folds_of(person: AbstractBaseUser) -> list[Fold]:
    """The newest folds, without asking what of them may still be read: for nobody's eyes but a program's."""
    return page_of(person, seen=lambda notices: {one.pk for one in notices}).folds


def newer_than(person_id: int, before: int, *, is_unread: bool) -> int:
    """Before which id the page begins that stands above one; 0 where that is the first."""
    found = Notice.objects.filter(person=person_id, is_listed=True, id__gte=before)
    found = found.filter(seen_with=None) if is_unread else found
    above = list(found.order_by("id").values_list("id", flat=True)[: PAGE + 1])
    return above[PAGE] if len(above) > PAGE else 0


def heads_of(person_id: int, before: int, *, is_unread: bool) -> list[Notice]:
    """The newest notices of up to one more fold than a page holds, by a walk down one index."""
    unread = "AND seen_with IS NULL " if is_unread else ""
    sql = (
        f"SELECT * FROM (SELECT id FROM notices_notice WHERE person_id = %s AND {is_listed()} {unread}AND id < %s "
        f"ORDER BY id DESC LIMIT {PAGE + 1}) AS h"
    )
    newest = RawSQL(sql, [person_id, before])  # noqa: S611 - our own text
    return list(Notice.objects.filter(pk__in=newest).select_related("by").order_by("-id"))


def fold(head: Notice, within: Collection[Notice], muted: Collection[int], off: Collection[str] = ()) -> Fold:
    """A row of a head and the newest notices of its fold: of those that were not seen, if any were not.

    `muted` are ids of threads, `off` kinds.
    """
    fresh = [head] if head.is_seen else [one for one in within if not one.is_seen]
    leads = min(fresh, key=lambda one: (weight(one.why), -one.pk))
    alike = [one for one in fresh if one.why == leads.why and one.by is not None]
    names = list(dict.fromkeys(str(one.by) for one in alike))
    return Fold(
        notice=head,
        leads=leads,
        names=names,
        more=len(fresh) - len([one for one in fresh if one.why == leads.why]),
        is_unseen=not head.is_seen,
        is_muted=head.about == "thread" and head.about_id in muted,
        is_off=leads.why in off,
    )


def newest_within(person_id: int, heads: Collection[Notice]) -> dict[tuple[str, int], list[Notice]]:
    """The newest notices of each fold whose head was not seen, newest first."""
    wanted = [head for head in heads if not head.is_seen]
    if not wanted:
        return {}
    one = (
        "SELECT * FROM (SELECT id FROM notices_notice WHERE person_id = %s AND about_id = %s AND about = %s "
        f"ORDER BY id DESC LIMIT {LOOKED_AT}) AS f"
    )
    asked = [value for head in wanted for value in (person_id, head.about_id, head.about)]
    newest = RawSQL(" UNION ALL ".join(f"{one}{nth}" for nth in range(len(wanted))), asked)  # noqa: S611 - our own text
    found: dict[tuple[str, int], list[Notice]] = {}
    for notice in Notice.objects.filter(pk__in=newest).select_related("by").order_by("-id"):
        found.setdefault((notice.about, notice.about_id), []).append(notice)
    return found
