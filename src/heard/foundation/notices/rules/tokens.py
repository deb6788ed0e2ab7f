"""Signed addresses by which a letter is unsubscribed from: good for ever, and for that one thing alone."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

from heard.foundation.notices.models import Why

ALL_MAIL, ALL_DIGESTS = "mail", "digest"
SALT = "heard.notices.unsubscribe"


def unsubscribing_address(person_id: int, what: str) -> str:
    """Where `person_id` unsubscribes from `what`: a kind, ALL_MAIL or ALL_DIGESTS."""
    token = Signer(salt=SALT).sign(f"{person_id}.{what}").replace(":", "~")
    return f"{settings.HEARD_URL}/letters/{token}/unsubscribing/"


def read_token(token: str) -> tuple[int, str] | None:
    """Who unsubscribes from what; nothing where the token is not ours."""
    try:
        person, _dot, what = Signer(salt=SALT).unsign(token.replace("~", ":")).partition(".")
    except BadSignature:
        return None
    known = what in {ALL_MAIL, ALL_DIGESTS, *Why.values}
    return (int(person), what) if known and person.isascii() and person.isdigit() else None
