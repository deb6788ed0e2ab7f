"""What a file may be called when somebody takes it home."""

import re
import unicodedata

from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

LONGEST_NAME = 120
LONGEST_SUFFIX = 16
# What file systems give a meaning to, and what turns or hides the letters of a name: `gpj.exe` shown backwards.
_NEVER_IN_A_NAME = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)


def safe_name(name: str) -> str:
    """The name less folders, control characters and dots at its ends, in at most 120 characters.

    The suffix survives the cutting; a name of which nothing is left becomes "file".
    """
    name = unicodedata.normalize("NFC", _NEVER_IN_A_NAME.sub("", _FOLDERS.sub("", name)))
    name = " ".join(name.split()).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if stem and len(suffix) <= LONGEST_SUFFIX:
        name = stem[: LONGEST_NAME - len(suffix) - 1].rstrip(". ") + dot + suffix
    return name[:LONGEST_NAME].rstrip(". ") or _("file")


def disposition(name: str, *, inline: bool = False) -> str:
    """The Content-Disposition of a file of this name (RFC 6266): shown in the page if `inline`, else saved."""
    return content_disposition_header(not inline, safe_name(name)) or "attachment"
