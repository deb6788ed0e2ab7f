"""What somebody wrote, as a mail reader shows it: the same HTML with whole addresses and nothing that is fetched."""

from urllib.parse import urljoin

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from heard.foundation.conversation.models import Reply, Thread

TAGS = {"a", "p", "br", "strong", "em", "del", "ul", "ol", "li", "blockquote", "code", "pre", "h1", "h2", "h3", "hr"}
WRAPPED = "white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px"
LOOK = {
    "a": {"class": "link", "style": "color:#006a6a"},
    "pre": {"style": WRAPPED},
    "blockquote": {"style": "margin:12px 0;padding-left:14px;border-left:3px solid #b5b0a5"},
    "p": {"style": "margin:0 0 12px"},
}
"""Mail readers know no style sheet, so that it stands on what was written."""
LONGEST = 10_000
"""Letters of HTML; of what is longer a letter shows the beginning, as text."""


def html_of(message: Thread | Reply) -> SafeString:
    """A message for a letter; nothing where it is too long or letters are to hold no words."""
    if not settings.HEARD_MAIL_WORDS or len(message.html) > LONGEST:
        return mark_safe("")
    return mark_safe(_cleaner.clean(message.html).strip())  # noqa: S308 - cleaned just now


def whole_address(_tag: str, name: str, value: str) -> str:
    """An address that leads here from anywhere."""
    return urljoin(f"{settings.HEARD_URL}/", value) if name == "href" else value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    set_tag_attribute_values=LOOK,
    attribute_filter=whole_address,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)
