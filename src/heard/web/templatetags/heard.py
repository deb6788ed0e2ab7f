"""The small parts that pages draw so often that a tag is quicker than an include: icon, face, loop, and times."""

import re
from datetime import UTC, datetime, timedelta
from typing import Protocol

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heard.web.context import theme_of
from heard.web.frames import frame_for
from heard.web.slots import token

register = template.Library()

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


class Shown(Protocol):
    """Somebody who can be shown by a face."""

    initials: str
    picture_url: str
    tint: int


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one symbol of the sprite; it is decoration, so the words beside it must say what it means."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def face(person: Shown | None, size: str = "") -> SafeString:
    """Show a picture, or initials on the person's tint; `size` is "small", "big" or "huge". Nobody gives a "?"."""
    if not person:
        return format_html('<span class="face warm {}" aria-hidden="true">?</span>', size)
    if person.picture_url:
        return format_html(
            '<img class="face {}" src="{}" alt="" width="38" height="38" loading="lazy">', size, person.picture_url
        )
    return format_html('<span class="face t{} {}" aria-hidden="true">{}</span>', person.tint, size, person.initials)


@register.simple_tag(takes_context=True)
def frame(context: Context, name: str) -> SafeString:
    """Draw a part of the frame round every page, once for each state that it can be seen in.

    Such a part reads nothing but `me`, `nav`, `q`, `unseen_notices`, the roles, the organisation and the theme.
    """
    if context.get("slotted"):
        return token(name)
    request = context.get("request")
    return mark_safe(frame_for(context, theme_of(request), name, request))  # noqa: S308


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Where a page drawn by `heard.web.slots` is filled anew for every answer."""
    return token(name)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """How this browser wants pages: system, light or dark."""
    return theme_of(context.get("request"))


@register.inclusion_tag("parts/loop.html")
def loop(stage: int, now: bool = False, words: str = "") -> dict[str, object]:
    """Show how far round the loop a concern has come: its `Stage`, and whether the next one is under way.

    The stage stands beside the dots in one word, unless `words` say more.
    """
    labels = [_("Said"), _("Answered"), _("Promised"), _("Kept")]
    names = [_("said"), _("answered"), _("promised"), _("kept")]
    states = ["done" if nth <= stage else "now" if now and nth == stage + 1 else "" for nth in range(4)]
    spoken = _("%(done)d of 4 steps: %(names)s.") % {"done": stage + 1, "names": ", ".join(names[: stage + 1])}
    if "now" in states:
        spoken += " " + _("Now: %(name)s.") % {"name": names[stage + 1]}
    return {"states": states, "spoken": spoken, "words": words, "label": labels[stage]}


def age(at: datetime) -> str | int:
    """What `ago` says, for a key: it changes when the words do, and costs no date to be written."""
    passed = timezone.now() - at
    if passed < HOUR:
        return f"{passed // MINUTE} min"
    if passed < DAY:
        return f"{passed // HOUR} h"
    return f"{passed.days} d" if passed < WEEK else timezone.now().year


@register.filter
def ago(at: datetime | None) -> SafeString | str:
    """How long ago in one short word, and the date once it is a week; the browser keeps it fresh."""
    if at is None:
        return ""
    local, passed = timezone.localtime(at), timezone.now() - at
    if passed < MINUTE:
        words = _("now")
    elif passed < HOUR:
        words = pgettext("time ago", "%s min") % (passed // MINUTE)
    elif passed < DAY:
        words = pgettext("time ago", "%s h") % (passed // HOUR)
    elif passed < WEEK:
        words = pgettext("time ago", "%s d") % passed.days
    else:
        is_this_year = local.year == timezone.localtime().year
        words = date_format(local, "MONTH_DAY_FORMAT" if is_this_year else "DATE_FORMAT")
    return format_html(
        '<time class="ago" datetime="{}" title="{}">{}</time>',
        at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        date_format(local, "DATETIME_FORMAT"),
        words,
    )


@register.filter
def breakable(address: str | None) -> SafeString:
    """An address that may go on in the next line after its @ and its dots, and nowhere else."""
    parts = re.split(r"(?<=[@.])", address or "")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts if part))


@register.filter
def grouped(number: int) -> str:
    """A number whose thousands stand apart. Only counts are shown so: in an address it would be another number."""
    return number_format(number, force_grouping=True)
