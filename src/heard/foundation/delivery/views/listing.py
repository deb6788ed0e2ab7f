"""The list of what a person was told: what they may no longer read is not in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from heard.foundation.delivery.queries import folds_shown_to
from heard.foundation.notices.models import Why
from heard.foundation.notices.queries import budget_of
from heard.foundation.notices.rules import occasion
from heard.foundation.notices.views.reading import id_from, moment_from
from heard.foundation.people.queries import MemberRequest

LIST = "/notices/"


@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """A page of folds, newest first; asked by htmx, the list alone."""
    before = id_from(request.GET.get("before", ""))
    page = folds_shown_to(request.user, before=before)
    context = {
        "nav": "notices",
        "folds": page.folds,
        "newest": page.newest,
        "before": before,
        "is_first_page": before is None,
        "older": f"?before={page.older}" if page.older else "",
    }
    if request.headers.get("HX-Request"):
        return render(request, "notices/list.html#told", context)
    context["undo"] = what_can_be_undone(request)
    context["budget"] = budget_of(request.user, timezone.now(), timezone.get_current_timezone())
    return render(request, "notices/list.html", context)


def what_can_be_undone(request: MemberRequest) -> dict[str, str] | None:
    """What was done just now, in words, and where it is taken back."""
    asked = request.GET
    notice_id = id_from(asked.get("of", ""))
    if at := moment_from(asked.get("seen", "")):
        count = id_from(asked.get("count", "")) or 0
        shown = number_format(count, force_grouping=True)
        words = ngettext("%(count)s notice seen.", "%(count)s notices seen.", count) % {"count": shown}
        return {"words": words, "address": f"{LIST}seen/withdrawal/", "at": at.isoformat()}
    if notice_id and asked.get("done") == "mute":
        return {"words": _("You hear nothing more of this thread."), "address": f"{LIST}{notice_id}/mute/withdrawal/"}
    if notice_id and asked.get("done") == "off" and asked.get("why") in Why.values:
        words = _("You are told nothing more {occasion}.").format(occasion=occasion(asked["why"]))
        return {"words": words, "address": f"{LIST}{notice_id}/off/withdrawal/"}
    return None
