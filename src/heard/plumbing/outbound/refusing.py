"""Why nothing was fetched, in one sentence each."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class OutboundRefused(Refusal):
    """Nothing was fetched. `may_pass` is whether trying again later could end otherwise."""

    sentence = _("This address cannot be asked.")
    may_pass = False


class AddressCannotBeRead(OutboundRefused):
    """It is no http or https address, is spelt so that two programs could read it differently, or names a port."""

    sentence = _("Only plain http and https addresses on their usual ports are asked.")


class AddressIsNotPublic(OutboundRefused):
    """The name leads, or one of its addresses leads, into a private, local or special network."""

    sentence = _("This address leads into a network that is not public, so it is not asked.")


class TooManyRedirects(OutboundRefused):
    """It leads on more than five times, or in a circle."""

    sentence = _("This address leads on and on, and never to a page.")


class LeadsIntoTheOpen(OutboundRefused):
    """An https address leads on to one without."""

    sentence = _("This address leads from a protected connection to an open one, so it is not followed.")


class AnswerIsTooLarge(OutboundRefused):
    """More bytes than were asked for, counted as they are unpacked."""

    sentence = _("The answer from this address is too large.")


class WrongKindOfAnswer(OutboundRefused):
    """Not of a kind that was asked for, or packed in a way that was not."""

    sentence = _("This address answers with something else than what was asked for.")


class TookTooLong(OutboundRefused):
    """The time for all of it was up, wherever it had got to."""

    sentence = _("This address takes too long to answer.")
    may_pass = True


class NobodyAnswers(OutboundRefused):
    """No such name, no connection, no sound certificate, or an answer that is none."""

    sentence = _("Nobody answers soundly at this address.")
    may_pass = True
