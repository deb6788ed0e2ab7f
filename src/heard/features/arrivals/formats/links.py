"""Takes out of a foreign address what lets anybody who reads it into somebody's files."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# What the name of a parameter holds, wherever in it, and what it is called whole or in one of its parts.
_SECRET_IN_NAME = re.compile(
    r"token|secret|passw(?:or)?d|passphrase|passcode|signature|credential|api[_.-]?key|access[_.-]?key|code_verifier|jwt"
    r"|(?:temp|o)auth(?![a-z])|(?<![a-z])(?:auth|authorization|sig|key|pwd|session[_.-]?id|sid)(?![a-z])",
    re.IGNORECASE,
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
# What lets anybody post, join or read: webhooks, invitations, public files, bots whose token is a part of the path.
_DOOR = re.compile(
    r"https?://(?:[^/\s@]*@)?(?:"
    r"[^/\s]+/(?:hooks/[a-z0-9]{26}\b|signup_user_complete\b|(?:api/v4/)?files/[a-z0-9]{26}/public\b)"
    r"|(?:[\w.-]+\.webhook\.office\.com|outlook\.office(?:365)?\.com/webhook)"
    r"|hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/"
    r"|(?:[\w-]+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/"
    r"|hooks\.zapier\.com/hooks/|maker\.ifttt\.com/|api\.telegram\.org/bot)",
    re.IGNORECASE,
)
_USER = re.compile(r"(?<=://)[^/?#]*@")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`|)\]\ue000-\ue003]+", re.IGNORECASE)


def without_secrets(address: str) -> str:
    """The address without names, tokens and signatures; nothing is left of a file's, an invitation's or a webhook's."""
    if _SLACK_FILE.match(address) or _ZULIP_INVITATION.match(address) or _DOOR.match(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        bare, *rest = re.split(r"(?=[?#])", _SLACK_TOKEN.sub("", address), maxsplit=1)
        return _USER.sub("", bare) + "".join(
            part for part in rest if not _SECRET_IN_NAME.search(part) and "%" not in part
        )
    kept = parts
    if "@" in parts.netloc:
        kept = kept._replace(netloc=parts.netloc.rpartition("@")[2])
    if parts.query and (query := _without_secrets_in(parts.query)) != parts.query:
        kept = kept._replace(query=query)
    if "=" in parts.fragment:
        path, mark, query = parts.fragment.rpartition("?")
        kept = kept._replace(fragment=(path + mark + _without_secrets_in(query)).rstrip("?"))
    return _SLACK_TOKEN.sub("", address if kept == parts else urlunsplit(kept))


def scrubbed(text: str) -> str:
    """A whole text without Slack's tokens and without what opens doors in its addresses, wherever in it they stand."""
    if "://" in text:
        text = _ADDRESS.sub(_scrubbed, text)
    if "xox" in text.lower():
        text = _SLACK_TOKEN.sub("…", text)
    return text


def _scrubbed(found: re.Match[str]) -> str:
    address = found[0]
    if not ("@" in address or "?" in address or "=" in address or _DOOR.match(address) or "slack" in address.lower()):
        return address
    return _SLACK_FILE.sub("…", address) if _SLACK_FILE.match(address) else without_secrets(address) or "…"


def _without_secrets_in(query: str) -> str:
    """The parameters that are no secrets; as they stand, if all of them may stay."""
    if not _SECRET_IN_NAME.search(query) and "%" not in query:
        return query
    named = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in named if not _SECRET_IN_NAME.search(name)]
    return query if len(kept) == len(named) else urlencode(kept)
