"""What somebody may still read of what they were told, at the moment it goes out."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from heard.foundation.communities.queries import visible_to
from heard.foundation.conversation.errors import MessageIsGone
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.conversation.queries.messages import message_shown_to
from heard.foundation.delivery.queries.letters import html_of
from heard.foundation.notices.models import Notice
from heard.foundation.notices.rules import because, sentence, weight
from heard.foundation.people.models import Person

LONGEST = 1500
MESSAGE = re.compile(r"/threads/(\d{1,18})/(?:(\d{1,18})/)?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice with the message it is about as it is now; `title` and `words` are empty where none are to be shown."""

    notice: Notice
    message: Thread | Reply | None = None
    title: str = ""
    words: str = ""

    @property
    def html(self) -> SafeString | str:
        """What was said, for a letter."""
        return html_of(self.message) if self.message and self.words else ""

    @property
    def beginning(self) -> str:
        """The beginning of it, without Markdown."""
        return self.message.excerpt if self.message and self.words else ""

    @property
    def thread(self) -> Thread | None:
        """The thread it is about."""
        return self.message.thread if isinstance(self.message, Reply) else self.message

    @property
    def told(self) -> str:
        """What happened, in plain words."""
        return told(self.notice.why, str(self.notice.by or _("Somebody")), self.title)

    @property
    def address(self) -> str:
        """Where it is opened, and so seen."""
        return f"{settings.HEARD_URL}/notices/{self.notice.pk}/"

    @property
    def because(self) -> str:
        """Why it came."""
        return because(self.notice.why)


def told(why: str, names: str, title: str) -> str:
    """A sentence of a notice without HTML."""
    return html.unescape(strip_tags(sentence(why, names, f"“{title}”" if title else "")))


def shown_to(person: Person, notice: Notice) -> Shown | None:
    """What a notice may show to `person` now; nothing where they may not read it any more, or it is gone."""
    if notice.about == "thread":
        return of_message(person, notice)
    if notice.about == "community":
        community = visible_to(person).filter(pk=notice.about_id).first()
        return Shown(notice, title=community.name) if community else None
    return Shown(notice, title=notice.title)


def of_message(person: Person, notice: Notice) -> Shown | None:
    """The same of a notice about a thread. What leads to a page of tenders or stewards shows nothing of it."""
    found = MESSAGE.match(notice.address)
    if found is None:
        return Shown(notice)
    try:
        message = message_shown_to(person, int(found[1]), int(found[2]) if found[2] else None)
    except (Thread.DoesNotExist, Reply.DoesNotExist, MessageIsGone):
        return None
    thread = message.thread if isinstance(message, Reply) else message
    if thread.is_gone:
        return None
    words = message.source.strip() if settings.HEARD_MAIL_WORDS else ""
    if len(words) > LONGEST:
        words = f"{words[:LONGEST].rsplit(' ', 1)[0]} …"
    return Shown(notice, message, title=called(thread), words=words)


def called(thread: Thread) -> str:
    """What a letter calls a thread: without a title by its first words, unless letters are to hold none."""
    return str(thread) if settings.HEARD_MAIL_WORDS else thread.title


def groups_of(shown: Iterable[Shown]) -> list[list[Shown]]:
    """What belongs together, in the order in which it came: everything about one thread, community or person."""
    groups: dict[tuple[str, int], list[Shown]] = {}
    for one in shown:
        groups.setdefault((one.notice.about, one.notice.about_id), []).append(one)
    return list(groups.values())


def weightiest(group: Iterable[Shown]) -> Shown:
    """What speaks for all of a group: of the kind that weighs most the newest."""
    return min(group, key=lambda one: (weight(one.notice.why), -one.notice.pk))
