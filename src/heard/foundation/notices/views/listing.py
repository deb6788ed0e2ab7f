"""What a person was told: the list, opening one, having seen them all, and taking that back."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from heard.foundation.notices import actions
from heard.foundation.notices.queries import PAGE, budget_of, folds_of, notice_of, unseen_count
from heard.foundation.notices.views.reading import ReaderRequest, id_from

LIST = "/notices/"


@require_safe
def notices(request: ReaderRequest) -> HttpResponse:
    """A page of folds, newest first; asked by htmx, the list alone."""
    before = id_from(request.GET.get("before", ""))
    folds = folds_of(request.user, before=before)
    context = {
        "nav": "notices",
        "folds": folds[:PAGE],
        "newest": folds[0].notice.pk if folds else 0,
        "is_first_page": before is None,
        "older": f"?before={folds[PAGE - 1].notice.pk}" if len(folds) > PAGE else "",
    }
    if request.headers.get("HX-Request"):
        return render(request, "notices/list.html#told", context)
    context["undo"] = what_can_be_undone(request)
    context["budget"] = budget_of(request.user, timezone.now(), timezone.get_current_timezone())
    return render(request, "notices/list.html", context)


def what_can_be_undone(request: ReaderRequest) -> dict[str, str] | None:
    """What was done just now, in words, and where it is taken back."""
    asked = request.GET
    notice_id = id_from(asked.get("of", ""))
    if at := moment_from(asked.get("seen", "")):
        count = id_from(asked.get("count", "")) or 0
        words = ngettext("%(count)s notice seen.", "%(count)s notices seen.", count) % {"count": count}
        return {"words": words, "address": f"{LIST}seen/withdrawal/", "at": at.isoformat()}
    if notice_id and asked.get("done") == "mute":
        return {"words": _("You hear nothing more of this thread."), "address": f"{LIST}{notice_id}/mute/withdrawal/"}
    if notice_id and asked.get("done") == "off":
        return {"words": _("This kind of notice is off."), "address": f"{LIST}{notice_id}/off/withdrawal/"}
    return None


def moment_from(given: str) -> datetime | None:
    """A moment from an address or a form; nothing for nonsense."""
    try:
        at = parse_datetime(given[:40].replace(" ", "+"))
    except ValueError:
        return None
    return at if at and at.tzinfo else None


@require_safe
def notice(request: ReaderRequest, notice_id: int) -> HttpResponse:
    """Opens one: its whole fold counts as seen, and its page follows."""
    told = notice_of(request.user, notice_id)
    actions.see_notice(request.user, told)
    return HttpResponseRedirect(told.address)


@require_safe
def count(request: ReaderRequest) -> HttpResponse:
    """The badge beside Notices as it is now."""
    return render(request, "parts/count.html", {"unseen_notices": unseen_count(request.user)})


@require_POST
def seen(request: ReaderRequest) -> HttpResponse:
    """All that stood on the page and before it was seen; what came meanwhile was not."""
    noted = actions.see_notices(request.user, up_to=id_from(request.POST.get("up_to", "")))
    if not noted.how_many:
        return redirect(LIST)
    return redirect(f"{LIST}?{urlencode({'seen': noted.at.isoformat(), 'count': noted.how_many})}")


@require_POST
def seen_withdrawal(request: ReaderRequest) -> HttpResponse:
    """What was seen by that gesture is new again."""
    if at := moment_from(request.POST.get("at", "")):
        actions.unsee_notices(request.user, at=at)
    return redirect(LIST)
