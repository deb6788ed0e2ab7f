"""What was said lately that is worth a person's minute."""

from dataclasses import dataclass
from datetime import datetime

from heard.foundation.communities.models import Level, Membership
from heard.foundation.conversation.models import Thread
from heard.foundation.conversation.queries.feed import Feed, feed_ids, read_to
from heard.foundation.people.models import Person
from heard.plumbing.ids import timed_id

LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Best:
    """The best first, and how many more there were."""

    threads: list[Thread]
    more: int


def best_since(person: Person, since: datetime, *, limit: int) -> Best:
    """The threads of others in the person's communities that most was made of since a moment, but those they have seen.

    Communities of which they want to hear in the digest come first. Looks at the newest 200, so that it costs the same
    in a week of thousands.
    """
    newest = max(timed_id(since, 0), read_to(person))
    ids = [one.id for one in feed_ids(person, Feed.NEWEST, limit=LOOKED_AT) if one.id > newest]
    found = Thread.objects.filter(pk__in=ids).exclude(author=person).select_related("author", "community")
    levels = dict(Membership.objects.filter(person=person).values_list("community_id", "level")) if ids else {}

    def weight(thread: Thread) -> tuple[bool, int, int]:
        reactions = sum(thread.reactions.values()) + sum(thread.unnamed_reactions.values())
        return levels.get(thread.community_id) == Level.DIGEST, 2 * thread.reply_count + reactions, thread.pk

    threads = sorted(found, key=weight, reverse=True)
    return Best(threads[:limit], max(0, len(threads) - limit))
