"""Why an answer or a signature was refused, in words that tell nothing of any token."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class BodyIsMalformed(Refusal):
    """Not what the page for answering sends; nothing is said of the token, which was not looked at."""

    status = 400
    sentence = _("This cannot be read as answers to these questions, so nothing was kept. Please load the page again.")


class TokenIsUnusable(Refusal):
    """Forged, used before, or of another ask or group: all alike, so that nobody learns anything by trying."""

    status = 409
    sentence = _(
        "This token does not count here, or it has been used. If you sent your answers a moment ago, they have arrived."
    )


class TokenWasUsed(TokenIsUnusable):
    """One that was signed here and has counted. It is told in the same words: who can hold it knows that already."""


class BallotIsNotOpen(Refusal):
    """Before its time."""

    status = 410
    sentence = _("This is not open yet. Your token stays with you: please come back when it is.")


class BallotIsClosed(Refusal):
    """After its time."""

    status = 410
    sentence = _("This is closed, so answers are no longer taken.")


class KeyStaysClosed(Refusal):
    """The private key was sealed under another HEARD_BALLOT_KEY."""

    status = 503
    sentence = _(
        "Tokens cannot be signed here any more, since HEARD_BALLOT_KEY is another than when this was announced. "
        "Please tell your administrator."
    )


class SchemeIsUnusable(Refusal):
    """Questions, groups or times that no ballot can have."""

    sentence = _("A ballot cannot be made of this.")


class BallotIsNotOverYet(Refusal):
    """The list of used tokens says who of a small group has answered so far, by how many there are."""

    status = 409
    sentence = _("This can be checked once it is closed.")
