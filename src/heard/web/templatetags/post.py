"""A note for pages that send mail, where no mail server is set."""

from django import template

from heard.plumbing import mail

register = template.Library()


@register.inclusion_tag("parts/mail_note.html")
def mail_note() -> dict[str, str]:
    """Say where mail lies that nobody sends; nothing where a server sends it."""
    return {"mail_lies_in": mail.lies_in()}
