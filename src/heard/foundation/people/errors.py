"""What is refused about people, in words."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class NotForYou(Refusal):
    """The role that this needs is not there."""

    status = 403
    sentence = _("You may not do that here.")


class EmailIsTaken(Refusal):
    """Two people cannot share an address."""

    sentence = _("Somebody else already has this e-mail address.")


class NumberIsTaken(Refusal):
    """Two people cannot share a staff number."""

    sentence = _("Somebody else already has this staff number.")


class NumberIsAnAddress(Refusal):
    """A number that looks like an address would be taken for somebody's."""

    sentence = _("A staff number has no @ in it. An e-mail address goes in the field for it.")


class InvitationIsOver(Refusal):
    """The code was used, withdrawn, or too old."""

    sentence = _("This code is mistyped, used or too old. Check it, or ask whoever gave it to you for a new one.")


class IsHereAlready(Refusal):
    """Whoever came in needs no invitation."""

    sentence = _("This colleague has an account and uses it. They can sign in, or ask for a code by e-mail.")


class HasLeft(Refusal):
    """Whoever left must first be let back in."""

    sentence = _("This colleague has left. Let them return first, then invite them.")


class NeitherAddressNorNumber(Refusal):
    """Without either nobody could sign in."""

    sentence = _("Give an e-mail address or a staff number to sign in with.")


class LastAdministrator(Refusal):
    """Somebody must be left who can administer."""

    sentence = _("This is the last administrator. Make somebody else one first.")


class ThatIsYou(Refusal):
    """Following oneself."""

    sentence = _("That is you.")


class AlreadyBegun(Refusal):
    """The first-run page works once."""

    status = 404
    sentence = _("This network has an administrator already. Please sign in.")


class ManagerIsBelow(Refusal):
    """A cycle in the org chart."""

    sentence = _("Somebody cannot report to a person who reports to them.")


class CodeIsOver(Refusal):
    """What confirms an address is for one address, and for a week."""

    sentence = _("This confirms another address, or is too old. Ask for a new mail in your settings.")
