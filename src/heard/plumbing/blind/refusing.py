"""Why no token was asked for, signed or taken: one sentence each, which says nothing of keys or of the token."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class BlindRefusal(Refusal):
    """Whatever stands in the way of a blind signature."""


class KeyIsUnusable(BlindRefusal):
    """No RSA key of 2,048, 3,072 or 4,096 bits with the exponent 65,537, in the one form that is read."""

    sentence = _("This is not a key that tokens can be signed with.")


class MessageIsUnusable(BlindRefusal):
    """The token cannot be blinded under this key: it shares a factor with the key, which never happens by chance."""

    sentence = _("A token could not be made. Please try again.")


class BlindedMessageIsUnusable(BlindRefusal):
    """Of another length than the key, nought, or not below the modulus."""

    sentence = _("This cannot be signed: it does not fit the key.")


class SigningFailed(BlindRefusal):
    """The arithmetic went wrong, so nothing of it may leave: one faulty signature would give the key away."""

    status = 500
    sentence = _("Signing went wrong, so nothing was signed. Please try again.")


class SignatureDoesNotHold(BlindRefusal):
    """Of another key, another token, or of nothing at all."""

    sentence = _("This token is not valid here.")
