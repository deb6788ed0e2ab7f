"""What Slack keeps beside a message's words: the layouts of apps, and attachments, as Markdown."""

from typing import Any

from heard.features.arrivals.formats.slack_rich_text import dicts_in, rich_text, string_in
from heard.features.arrivals.formats.slack_text import Labels, markdown, plain


def layout(blocks: Any, labels: Labels) -> str:
    """The words in an app's blocks, one paragraph a block; buttons and the like are left out."""
    return "\n\n".join(words for block in dicts_in(blocks) if (words := _block(block, labels)))


def attached(attachments: Any, labels: Labels, *, also_previews: bool) -> str:
    """The words of attachments, quoted; previews of links only where nothing else was said."""
    parts = []
    for one in dicts_in(attachments):
        is_preview = bool(one.get("from_url") or one.get("original_url"))
        is_shared = bool(one.get("is_share") or one.get("is_msg_unfurl"))
        if (is_preview and not is_shared and not also_previews) or not (words := _attachment(one, labels)):
            continue
        parts.append("\n".join(f"> {line}".rstrip() for line in words.split("\n")))
    return "\n\n".join(parts)


def _block(block: dict[str, Any], labels: Labels) -> str:
    if block.get("type") == "rich_text":
        return rich_text([block], labels)
    if block.get("type") == "markdown":
        return string_in(block.get("text"))
    texts = [block.get("text"), block.get("title"), *dicts_in(block.get("fields"))]
    if block.get("type") == "context":
        texts += [one for one in dicts_in(block.get("elements")) if one.get("type") in ("mrkdwn", "plain_text")]
    if block.get("type") == "image":
        texts.append({"text": block.get("alt_text")})
    return "\n".join(words for text in texts if (words := _text_object(text, labels)))


def _text_object(text: Any, labels: Labels) -> str:
    if isinstance(text, str):
        return markdown(text, labels)
    if not isinstance(text, dict):
        return ""
    words = string_in(text.get("text"))
    return markdown(words, labels) if text.get("type") == "mrkdwn" else plain(words)


def _attachment(one: dict[str, Any], labels: Labels) -> str:
    title, link = string_in(one.get("title")), string_in(one.get("title_link"))
    author = string_in(one.get("author_name"))
    lines = [
        markdown(string_in(one.get("pretext")), labels),
        f"**{plain(author)}**" if author else "",
        (labels.link(link, title) if link else f"**{markdown(title, labels)}**") if title else "",
        markdown(string_in(one.get("text")), labels),
        *(
            f"{plain(string_in(field.get('title')))}: {markdown(string_in(field.get('value')), labels)}".removeprefix(
                ": "
            )
            for field in dicts_in(one.get("fields"))
        ),
        layout(one.get("blocks"), labels) if not one.get("text") else "",
    ]
    words = "\n".join(line for line in lines if line.strip())
    return words or markdown(string_in(one.get("fallback")), labels)


def _field(field: dict[str, Any], labels: Labels) -> str:
    title, value = plain(string_in(field.get("title"))), markdown(string_in(field.get("value")), labels)
    return f"{title}: {value}" if title else value
