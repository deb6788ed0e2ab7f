"""What is refused at the desk, in words."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class NotAListener(Refusal):
    """Somebody without the role was to be named."""

    sentence = _("Give them the role of a listener first, on the page of roles.")


class KeyIsMissing(Refusal):
    """A listener without a key wants to do what needs one."""

    sentence = _("Make your key first: nothing can be written to you before.")


class KeyIsNew(Refusal):
    """A second key within a week: a key an hour would tell of each message in which hour it was written."""

    status = 409
    sentence = _("You made a key this week already. You can make another from Monday on, by the clock of UTC.")


class LetterIsMalformed(Refusal):
    """What the script sent is no message."""

    status = 400
    sentence = _("This cannot be read. Load the page again, and send it once more.")


class ReasonIsMissing(Refusal):
    """Nothing is hidden without one."""

    sentence = _("Say why it is hidden. The writer sees the reason, and everybody sees how many were hidden.")
