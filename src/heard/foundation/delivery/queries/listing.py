"""The list of notices as their reader may see it now."""

from collections.abc import Collection

from django.db.models import CharField, Value

from heard.foundation.communities.queries import visible_to
from heard.foundation.conversation.queries.messages import threads_whose_words_are_read_by
from heard.foundation.notices.models import Notice
from heard.foundation.notices.queries import Page, page_of
from heard.foundation.notices.rules import may_stay
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward


def folds_shown_to(person: Person, *, before: int | None = None, is_unread: bool = False) -> Page:
    """A page of folds without what `person` may read no longer, in one query more than the page itself."""
    return page_of(person, before=before, is_unread=is_unread, seen=lambda notices: seen_among(person, notices))


def seen_among(person: Person, notices: Collection[Notice]) -> set[int]:
    """The ids of those notices that quote and name nothing but what `person` may read now."""
    about: dict[str, set[int]] = {"thread": set(), "community": set()}
    for one in notices:
        about.setdefault(one.about, set()).add(one.about_id)
    open_to_them: set[tuple[str, int]] = set()
    if about["thread"] or about["community"]:
        threads = threads_whose_words_are_read_by(person).filter(pk__in=about["thread"])
        communities = visible_to(person).filter(pk__in=about["community"])
        kinds = [
            found.annotate(about=Value(kind, output_field=CharField())).values_list("about", "pk").order_by()
            for kind, found in (("thread", threads), ("community", communities))
            if about[kind]
        ]
        open_to_them = set(kinds[0].union(*kinds[1:], all=True))
    return {
        one.pk
        for one in notices
        if one.about not in {"thread", "community"}
        or (one.about, one.about_id) in open_to_them
        or may_stay(one.why, one.address, is_steward=is_steward(person))
    }
