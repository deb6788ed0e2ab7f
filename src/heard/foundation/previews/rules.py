"""Which link of a message is shown with its page, and which links are nobody's but their reader's."""

import re
from html import unescape
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from heard.plumbing.text.cleaning import RELATION

LONGEST = 2_000
_LINK = re.compile(rf'<a href="(https?://[^"]+)" rel="{RELATION}"')
# Whoever holds such an address may do what it says: sign in, confirm, read what was shared with them.
_SECRET_NAMES = re.compile(
    r"token|secret|passw|pwd|signature|credential|session|oauth|otp|jwt|resourcekey|invit|ticket|nonce|"
    r"(?:\A|[-_.])(?:key|sig|auth|code|sid|hash|hmac|sas|share|magic|st|se|sv)(?:\Z|[-_.])|(?:api|access|auth|share)key",
    re.IGNORECASE,
)
_DEEDS = re.compile(
    r"/(?:[\w.]+[-_])?(?:reset|unsubscribe|opt-?out|confirm\w*|verif\w*|activat\w*|invit\w*|magic\w*|sign-?in|log-?in|"
    r"log-?out|sign-?out|oauth2?|sso|password|passwd|accept|approve|delete|remove)(?:[-_./?]|\Z)",
    re.IGNORECASE,
)
_LONG_VALUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w.~+/=-]{32,}")


def first_link(html: str) -> str:
    """The address of the first link that leads outside, in HTML that we rendered; empty where there is none."""
    found = _LINK.search(html)
    return unescape(found[1]) if found else ""


def may_fetch(url: str) -> bool:
    """Whether the page may be asked for by somebody other than the reader: not ours, and nothing secret in it."""
    if not settings.HEARD_PREVIEWS or len(url) > LONGEST:
        return False
    try:
        split = urlsplit(url)
        host, given = (split.hostname or "").lower().rstrip("."), parse_qsl(split.query, keep_blank_values=True)
    except ValueError:
        return False
    if not host or split.username is not None or is_ours(host):
        return False
    if _DEEDS.search(unquote(split.path)):
        return False
    return not any(_SECRET_NAMES.search(name) or _LONG_VALUE.fullmatch(value) for name, value in given)


def is_ours(host: str) -> bool:
    """Whether Heard itself answers there: what it shows depends on who asks."""
    own = {name.lower() for name in (urlsplit(settings.HEARD_URL).hostname or "", *settings.FURTHER_HOSTS)}
    return host in own
