"""Every way to look at what is said; what the viewer may not see is not there."""

from heard.foundation.conversation.models import Kind
from heard.foundation.conversation.queries.best import Best, best_since
from heard.foundation.conversation.queries.cards import Body, Card, Mine, bodies, cards
from heard.foundation.conversation.queries.feed import (
    Feed,
    Found,
    by_author_ids,
    community_ids,
    feed_ids,
    news_since,
    read_to,
    saved_ids,
    tag_ids,
)
from heard.foundation.conversation.queries.files import attachment_seen_by, attachments_of
from heard.foundation.conversation.queries.history import history
from heard.foundation.conversation.queries.marks import reply_marks, thread_mark
from heard.foundation.conversation.queries.messages import (
    message_seen_by,
    mine_on_replies,
    reply_seen_by,
    revisions,
    thread_by_id,
    thread_readable_by,
    threads_seen_among,
)
from heard.foundation.conversation.queries.tags import popular_tags, tags_beginning
from heard.foundation.conversation.queries.waiting import (
    Reported,
    Waiting,
    communities_waiting_for,
    report_seen_by,
    reports_for_stewards,
    waiting_here,
    waiting_in,
)

__all__ = [
    "Best",
    "Body",
    "Card",
    "Feed",
    "Found",
    "Kind",
    "Mine",
    "Reported",
    "Waiting",
    "attachment_seen_by",
    "attachments_of",
    "best_since",
    "bodies",
    "by_author_ids",
    "cards",
    "communities_waiting_for",
    "community_ids",
    "feed_ids",
    "history",
    "message_seen_by",
    "mine_on_replies",
    "news_since",
    "popular_tags",
    "read_to",
    "reply_marks",
    "reply_seen_by",
    "report_seen_by",
    "reports_for_stewards",
    "revisions",
    "saved_ids",
    "tag_ids",
    "tags_beginning",
    "thread_by_id",
    "thread_mark",
    "thread_readable_by",
    "threads_seen_among",
    "waiting_here",
    "waiting_in",
]
