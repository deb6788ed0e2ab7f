"""Refusals: what stands in the way of a conversation without a name, each in one sentence."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class VoiceRefusal(Refusal):
    """Whatever stands in the way here."""


class BodyIsMalformed(VoiceRefusal):
    """Not what our own page sends."""

    status = 400
    sentence = _("This cannot be read. Load the page again, and send it once more.")


class ReceiptIsUnknown(VoiceRefusal):
    """No conversation, or one that has expired: which of the two is not said."""

    status = 404
    sentence = _("No conversation opens with this receipt. Look at its 20 digits again; after its last day it is gone.")


class NobodyListens(VoiceRefusal):
    """Fewer than two listeners have keys for this group."""

    status = 409
    sentence = _("Who listens here has changed, or nobody does. Load the page again; what you wrote stays in it.")


class TokenIsMissing(VoiceRefusal):
    """Something that a member says with a token came without."""

    status = 409
    sentence = _("This needs a token of this month, which your browser takes when you are signed in.")


class ConversationIsFull(VoiceRefusal):
    """More messages, or more in them, than one conversation holds."""

    status = 409
    sentence = _("This conversation is full, so nothing was added. Begin another one, and say that it goes on there.")


class ConversationIsClosed(VoiceRefusal):
    """The listeners have hidden it."""

    status = 409
    sentence = _("This conversation was hidden by the listeners, so nothing can be added to it.")


class NothingIsOffered(VoiceRefusal):
    """No listener has read exactly this text."""

    status = 409
    sentence = _("No listener has read exactly this text, so it was not opened. Load the conversation again.")


class CodeIsTaken(VoiceRefusal):
    """A code that stands for something else already."""

    status = 409
    sentence = _("This could not be kept. Please send it once more.")


class KeyIsUnusable(VoiceRefusal):
    """What a listener's browser sent is no key."""

    sentence = _("This is no key that somebody could write to. Load the page again, and make it once more.")
