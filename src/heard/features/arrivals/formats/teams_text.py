"""What a message of Microsoft Teams says: its HTML, and the quotes, cards and files attached to it, as Markdown."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from heard.features.arrivals.formats.bare_text import bare
from heard.features.arrivals.formats.from_html import Html, plain
from heard.features.arrivals.formats.links import without_secrets
from heard.features.arrivals.formats.references import clean, community_reference, message_reference, person_reference
from heard.features.arrivals.formats.values import dict_in, dicts_in, text_in

_CODE_BLOCK = re.compile(r"<(/?)codeblock\b[^<>]*>", re.IGNORECASE)
_MESSAGE = re.compile(r"https://teams\.(?:microsoft\.com|cloud\.microsoft)/l/message/([^/?#]+)/(\d+)")
_CHANNEL = re.compile(r"https://teams\.(?:microsoft\.com|cloud\.microsoft)/l/channel/([^/?#]+)")
_STAYS = re.compile(r"https://[\w.-]*(?:graph\.microsoft\.com|asm\.skype\.com|asyncgw\.teams\.microsoft\.com)/")
# A name that is mentioned in parts, such as "Anna" and "Lind", is one person.
_PERSON = "\ue000person\ue002%s\ue002[^\ue000-\ue003]*\ue001"
_AGAIN = re.compile(_PERSON % "([^\ue000-\ue003]+)" + "(?:[ \xa0]*" + _PERSON % r"\1" + ")+")
_CARD_WORDS = (
    "title",
    "subtitle",
    "subTitle",
    "text",
    "summary",
    "activityTitle",
    "activitySubtitle",
    "altText",
    "value",
)
_CARD_INSIDE = ("body", "items", "columns", "facts", "sections", "cards", "rows", "cells", "inlines", "content")
_DEEPEST = 12


class Words(Html):
    """Reads one message after another; `secrets` and `stayed` count what was taken out and which pictures stayed."""

    def __init__(self, people: Mapping[str, str], channels: Mapping[str, str]) -> None:
        super().__init__()
        self.people, self.channels = people, channels
        self.stayed = 0
        self._mentions: dict[str, str] = {}

    def of(self, message: dict[str, Any], channel: str) -> tuple[str, str]:
        """A message's title and its words."""
        self._mentions = self._mentioned(message)
        title, before, after = text_in(message.get("Subject")), list[str](), list[str]()
        for attachment in dicts_in(message.get("Attachments")):
            kind = text_in(attachment.get("ContentType")).casefold()
            if "announcement" in kind:
                heading = text_in(_content(attachment).get("title"))
                title, heading = (title, heading) if title else (heading, "")
                before.append(f"**{plain(heading)}**" if heading else "")
            elif kind in ("messagereference", "forwardedmessagereference"):
                before.append(self._quote(attachment, channel))
            elif kind != "reference":
                after.append("\n".join(plain(line) for line in card_lines(_content(attachment))))
        body = dict_in(message.get("Body"))
        said = self._body(text_in(body.get("Content")), is_html=text_in(body.get("ContentType")).lower() != "text")
        return title, "\n\n".join(part for part in (*before, said, *after) if part.strip())

    def link(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        """Links to messages and channels of this takeout become references."""
        if (found := _MESSAGE.match(address)) and unquote(found[1]) in self.channels:
            return message_reference(f"{unquote(found[1])}/{found[2]}", "" if "://" in words else _bare_label(words))
        if (found := _CHANNEL.match(address)) and (key := unquote(found[1])) in self.channels:
            return community_reference(key, "#" + (self.channels[key] or _bare_label(words)))
        return None

    def image(self, attributes: Mapping[str, str], address: str, words: str) -> str | None:
        """A picture that only Teams itself can show leaves a word that says so."""
        if not _STAYS.match(address):
            return None
        self.stayed += 1
        return f"({plain(_('%(picture)s: stayed in Microsoft Teams') % {'picture': words.strip() or _('image')})})"

    def element(self, tag: str, attributes: Mapping[str, str]) -> str | None:
        """Mentions and emoji; what is attached is put round the text instead."""
        if tag == "at":
            return self._mentions.get(attributes.get("id", ""))
        if tag in ("emoji", "customemoji"):
            return plain(clean(attributes.get("alt", ""))[:40])
        return "" if tag in ("attachment", "systemeventmessage") else None

    def _body(self, content: str, *, is_html: bool) -> str:
        if not is_html:
            text, secrets = bare(content)
            self.secrets += secrets
            return text
        html = _CODE_BLOCK.sub(r"<\1pre>", content) if "odeblock" in content else content
        return _AGAIN.sub(self._once, self.markdown(html)).replace("\xa0", " ").strip()

    def _once(self, found: re.Match[str]) -> str:
        return person_reference(found[1], self.people.get(found[1], ""))

    def _mentioned(self, message: dict[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for mention in dicts_in(message.get("Mentions")):
            who = dict_in(mention.get("Mentioned"))
            person = text_in(dict_in(who.get("User")).get("Id"))
            shown = text_in(mention.get("MentionText"))
            channel = text_in(dict_in(who.get("Conversation")).get("Id"))
            if person in self.people:
                words = person_reference(person, self.people[person])
            elif channel in self.channels:
                words = community_reference(channel, "#" + (self.channels[channel] or shown))
            else:
                words = f"\\@{plain(shown)}" if shown else ""
            found[text_in(mention.get("Id"))] = words
        return found

    def _quote(self, attachment: dict[str, Any], channel: str) -> str:
        """What is quoted, with who said it and a link to it where it is in this takeout."""
        quoted = _content(attachment)
        sender = dict_in(quoted.get("messageSender") or quoted.get("originalMessageSender"))
        name = next((it for who in sender.values() if (it := text_in(dict_in(who).get("displayName")))), "")
        number = text_in(quoted.get("messageId") or quoted.get("originalMessageId"))
        context = dict_in(quoted.get("originalMessageContext"))
        place = text_in(quoted.get("originalConversationId") or context.get("conversationId")) or channel
        forwarded = text_in(quoted.get("originalMessageContent"))
        words = self.markdown(forwarded) if forwarded else plain(text_in(quoted.get("messagePreview")))
        head = f"**{plain(name)}**" if name else ""
        if number.isdigit() and place in self.channels:
            head = " ".join(part for part in (head, message_reference(f"{place}/{number}", name)) if part)
        lines = [line for part in (head, words) if part for line in part.split("\n")]
        return "\n".join(f"> {line}".rstrip() for line in lines)


def files_in(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The id and name of each file: its content lies in SharePoint, not in a takeout."""
    for nth, attachment in enumerate(dicts_in(message.get("Attachments"))):
        if text_in(attachment.get("ContentType")).casefold() == "reference":
            yield text_in(attachment.get("Id"))[:100] or str(nth), text_in(attachment.get("Name"))


def links_to_files(message: dict[str, Any]) -> str:
    """Links to files that lie in SharePoint, for whoever may open them there."""
    links = []
    for attachment in dicts_in(message.get("Attachments")):
        address, name = without_secrets(text_in(attachment.get("ContentUrl"))), text_in(attachment.get("Name"))
        if text_in(attachment.get("ContentType")).casefold() == "reference" and address.startswith("https://"):
            target = re.sub(r"[\s()<>]", lambda found: f"%{ord(found[0]):02X}", address)
            links.append(f"[{plain(name) or 'SharePoint'}]({target})")
    return "\n".join(links)


def card_lines(card: Any, depth: int = 0) -> Iterator[str]:
    """The words on a card, line by line, in the order in which they stand."""
    if depth > _DEEPEST:
        return
    if isinstance(card, list):
        for one in card:
            yield from card_lines(one, depth + 1)
    elif isinstance(card, dict):
        for name, value in card.items():
            if name in _CARD_WORDS and isinstance(value, str) and value.strip():
                yield clean(re.sub(r"<[^<>]*>", "", value)).strip()
            elif name in _CARD_INSIDE or (name in _CARD_WORDS and not isinstance(value, str)):
                yield from card_lines(value, depth + 1)


def _content(attachment: dict[str, Any]) -> dict[str, Any]:
    """What an attachment holds: an object, written as text."""
    content = attachment.get("Content")
    if isinstance(content, str):
        try:
            content = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            return {}
    return content if isinstance(content, dict) else {}


def _bare_label(words: str) -> str:
    """The label of a reference is no Markdown."""
    return re.sub(r"\\(.)", r"\1", words.replace("\n", " "))
