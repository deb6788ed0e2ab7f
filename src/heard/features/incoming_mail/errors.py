"""Why a mail was not posted, in words."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class NotThereForYou(Refusal):
    """The thread or reply is gone, moved out of sight, or was never theirs."""

    sentence = _("What you answered is not there any more, or is no longer yours to read.")


class FromElsewhere(Refusal):
    """Whoever knows the address of somebody's answers is not yet that person."""

    sentence = _("It came from an address that is not yours here. Write from the address to which the mail was sent.")


class NotVouchedFor(Refusal):
    """Our mail server does not say that it came from the domain that it names."""

    sentence = _("The mail server could not tell that it came from you. Please write the answer in Heard itself.")
