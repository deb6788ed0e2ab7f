"""What stands in the way of telling somebody as they want it."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class NoSuchDevice(Refusal):
    """What was sent is no push subscription of a browser."""

    sentence = _("This browser gave no address that notices could be sent to. Please try again.")


class NothingToMute(Refusal):
    """A notice that is not about a thread."""

    sentence = _("Only a thread can be muted. You can turn this kind of notice off.")
