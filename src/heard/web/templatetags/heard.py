"""The small parts that pages draw so often that a tag is quicker than an include: icon, face, loop."""

from typing import Protocol

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


class Shown(Protocol):
    """Somebody who can be shown by a face."""

    name: str
    initials: str
    picture_url: str
    tint: int


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one symbol of the sprite; it is decoration, so the words beside it must say what it means."""
    return format_html(
        '<svg class="ico" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons/icons.svg"), name
    )


@register.simple_tag
def face(person: Shown | None, size: str = "") -> SafeString:
    """Show a picture, or initials on the person's tint; `size` is "small", "big" or "huge". Nobody gives a "?"."""
    if not person:
        return format_html('<span class="face warm {}" aria-hidden="true">?</span>', size)
    if person.picture_url:
        return format_html(
            '<img class="face {}" src="{}" alt="" width="38" height="38" loading="lazy">', size, person.picture_url
        )
    return format_html(
        '<span class="face t{} {}" aria-hidden="true">{}</span>', person.tint, size, person.initials
    )


@register.inclusion_tag("parts/loop.html")
def loop(done: int, now: bool = False, words: str = "") -> dict[str, object]:
    """Show how far a concern has come: `done` of four steps, and whether the next is under way."""
    names = [_("said"), _("answered"), _("promised"), _("kept")]
    states = ["done" if nth < done else "now" if now and nth == done else "" for nth in range(4)]
    spoken = _("%(done)d of 4 steps: %(names)s.") % {"done": done, "names": ", ".join(names[:done])}
    if now and done < len(names):
        spoken += " " + _("Now: %(name)s.") % {"name": names[done]}
    return {"states": states, "spoken": spoken, "words": words}
