"""A letter whose addresses stay whole: folded, they would be encoded, and no mail reader could use them."""

from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import default
from typing import Any

from django.core.mail import EmailMultiAlternatives


class Unfolded(UnstructuredHeader):
    """A header that stands on one line; RFC 5322 allows 998 characters."""

    def fold(self, *, policy: Any) -> str:
        """The header as it is."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


HEADERS = HeaderRegistry()
for _name in ("list-unsubscribe", "references", "in-reply-to"):
    HEADERS.map_to_type(_name, Unfolded)  # type: ignore[arg-type]


class Letter(EmailMultiAlternatives):
    """Text and HTML, with such headers."""

    def message(self, *, policy: Any = None) -> EmailMessage:
        """The letter as it goes over the wire."""
        return super().message(policy=(policy or default).clone(header_factory=HEADERS))
