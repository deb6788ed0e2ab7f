"""What is refused about what is said, in words."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class NothingSaid(Refusal):
    """Neither words nor a file."""

    sentence = _("Write something first, or add a file.")


class WrittenBySomebodyElse(Refusal):
    """On a computer that several use, the page was opened by one and is sent by another."""

    status = 409
    sentence = _(
        "Somebody else is signed in here now. What was written is below: copy it, or send it in your own name."
    )


class ThreadIsClosed(Refusal):
    """A tender, or who started it, locked it."""

    sentence = _("This thread is locked. What was said can still be read.")


class MessageIsGone(Refusal):
    """Deleted or hidden while somebody was about to act on it."""

    sentence = _("This was deleted, so nothing can be added to it.")


class NotYours(Refusal):
    """Only who wrote it may change it."""

    status = 403
    sentence = _("Only the person who wrote this may change it.")


class NotAnEmoji(Refusal):
    """A reaction is one emoji."""

    sentence = _("A reaction is one emoji.")


class TooManyReactions(Refusal):
    """Different emoji on one message are limited."""

    sentence = _("There are enough different reactions here. Use one that is there already.")


class WouldBeSeenByMore(Refusal):
    """Words move only to where no more people can read them."""

    sentence = _("More people could read it there than could when it was written, so it stays here.")


class WouldBeSeenByMoreNow(Refusal):
    """The community was opened to more people while somebody was writing."""

    sentence = _("This community was opened to more people while you wrote. If they may read it too, send it again.")


class SameThread(Refusal):
    """A thread cannot be merged into itself."""

    sentence = _("Choose another thread to merge this one into.")


class FileIsTooLarge(Refusal):
    """Larger than the installation takes."""

    status = 413


class TooManyFiles(Refusal):
    """A message carries a few files."""

    sentence = _("A message can carry ten files.")


class ReportNeedsReason(Refusal):
    """Tenders must know what to look for."""

    sentence = _("Say in a few words what is wrong.")


class ReportIsSettled(Refusal):
    """Somebody else looked already."""

    sentence = _("Somebody else settled this report already.")
