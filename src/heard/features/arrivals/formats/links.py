"""Takes out of a foreign address what lets anybody who reads it into somebody's files."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_SECRET_NAMES = frozenset(
    [
        "token",
        "access_token",
        "auth_token",
        "id_token",
        "refresh_token",
        "api_key",
        "apikey",
        "secret",
        "client_secret",
        "pub_secret",
        "password",
        "sig",
        "signature",
        "x-amz-signature",
        "x-amz-credential",
        "x-amz-security-token",
        "awsaccesskeyid",
        "x-goog-signature",
        "x-goog-credential",
        "code_verifier",
        "sessionid",
        "session_id",
        "tempauth",
        "skypetoken",
    ]
)
_SLACK_TOKEN = re.compile(r"\bxox[a-z](?:\.[a-z]+)?-[\w-]{8,}", re.IGNORECASE)
_SLACK_FILE = re.compile(
    r"https?://(?:files\.slack\.com|slack-files\.com|[\w-]+\.slack\.com/files|slack\.com/files|join\.slack\.com/t)"
    r"(?:/[^\s<>|)\]]*)?",
    re.IGNORECASE,
)
_ZULIP_INVITATION = re.compile(
    r"https?://[^/\s]+/(?:join/[a-z0-9]{20,}|user_uploads/temporary/[^/\s]+|accounts/do_confirm/[a-z0-9]+)(?:[/?#]|$)"
)
# What lets anybody post, join or read: Mattermost's webhooks, invitations and public files, and webhooks of Teams.
_MATTERMOST_DOOR = re.compile(
    r"https?://[^/\s]+/(?:hooks/[a-z0-9]{26}\b|signup_user_complete\b|(?:api/v4/)?files/[a-z0-9]{26}/public\b)"
    r"|https?://(?:[\w.-]+\.webhook\.office\.com|outlook\.office(?:365)?\.com/webhook)",
    re.IGNORECASE,
)


def without_secrets(address: str) -> str:
    """The address without tokens and signatures; nothing is left of the address of a file or an invitation."""
    if _SLACK_FILE.match(address) or _ZULIP_INVITATION.match(address) or _MATTERMOST_DOOR.match(address):
        return ""
    try:
        parts = urlsplit(address)
        if parts.password:
            parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        if parts.query and any(name.lower() in _SECRET_NAMES for name, _value in parse_qsl(parts.query, True)):
            kept = [(name, value) for name, value in parse_qsl(parts.query, True) if name.lower() not in _SECRET_NAMES]
            parts = parts._replace(query=urlencode(kept))
        address = urlunsplit(parts) if parts != urlsplit(address) else address
    except ValueError:
        return "" if _SLACK_TOKEN.search(address) else address
    return _SLACK_TOKEN.sub("", address)


def scrubbed(text: str) -> str:
    """A whole text without Slack's tokens and file addresses, wherever in it they stand."""
    if "slack" in text or "xox" in text.lower():
        text = _SLACK_TOKEN.sub("…", _SLACK_FILE.sub("…", text))
    return text
