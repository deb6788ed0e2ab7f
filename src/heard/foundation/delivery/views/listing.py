"""The list of what a person was told: what they may no longer read is not in it."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from heard.foundation.delivery.queries import folds_shown_to
from heard.foundation.notices.queries import budget_of
from heard.foundation.notices.rules import is_kind, occasion
from heard.foundation.notices.views.reading import id_from
from heard.foundation.people.queries import MemberRequest

LIST = "/notices/"


@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """A page of folds, newest first; asked by htmx, the list alone."""
    before = id_from(request.GET.get("before", ""))
    unread = "1" if request.GET.get("unread") else ""
    page = folds_shown_to(request.user, before=before, is_unread=bool(unread))
    context = {
        "nav": "notices",
        "folds": page.folds,
        "newest": page.newest,
        "before": before,
        "is_first_page": before is None,
        "unread": unread,
        "older": address_of(page.older, unread) if page.older else "",
        "newer": address_of(page.newer, unread) if page.newer is not None else "",
        "first": address_of(0, unread),
    }
    if request.headers.get("HX-Request"):
        return render(request, "notices/list.html#told", context)
    context["undo"] = what_can_be_undone(request)
    context["budget"] = budget_of(request.user, timezone.now(), timezone.get_current_timezone())
    return render(request, "notices/list.html", context)


def address_of(before: int, unread: str) -> str:
    """A page of the list: the first, or that which begins before an id; of all or of what is unread."""
    asked = {name: value for name, value in (("before", before), ("unread", unread)) if value}
    return f"?{urlencode(asked)}" if asked else LIST


def what_can_be_undone(request: MemberRequest) -> dict[str, str] | None:
    """What was done just now, in words, and where it is taken back."""
    asked = request.GET
    notice_id = id_from(asked.get("of", ""))
    if gesture := id_from(asked.get("seen", "")):
        count = id_from(asked.get("count", "")) or 0
        shown = number_format(count, force_grouping=True)
        words = ngettext("%(count)s notice seen.", "%(count)s notices seen.", count) % {"count": shown}
        return {"words": words, "address": f"{LIST}seen/withdrawal/", "gesture": str(gesture)}
    if notice_id and asked.get("done") == "mute":
        return {"words": _("You hear nothing more of this thread."), "address": f"{LIST}{notice_id}/mute/withdrawal/"}
    if notice_id and asked.get("done") == "off" and is_kind(asked.get("why", "")):
        words = _("You are told nothing more {occasion}.").format(occasion=occasion(asked["why"]))
        return {"words": words, "address": f"{LIST}{notice_id}/off/withdrawal/"}
    return None
