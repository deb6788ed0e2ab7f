"""What a person was told: the list, opening one, and having seen them all."""

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.foundation.notices.actions import see_notice, see_notices
from heard.foundation.notices.queries import PAGE, notice_of, notices_of, unseen_count


class ReaderRequest(HttpRequest):
    """A request of somebody who is signed in; notices know no more of people than that."""

    user: AbstractBaseUser  # type: ignore[assignment]


def id_from(given: str) -> int | None:
    """An id from an address or a form; nothing for nonsense."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


@require_safe
def notices(request: ReaderRequest) -> HttpResponse:
    """A page of them, newest first; asked by htmx, the list alone."""
    before = id_from(request.GET.get("before", ""))
    told = list(notices_of(request.user, before=before))
    context = {
        "nav": "notices",
        "notices": told[:PAGE],
        "newest": told[0].pk if told else 0,
        "is_first_page": before is None,
        "has_unseen": any(notice.seen_at is None for notice in told[:PAGE]),
        "older": f"?before={told[PAGE - 1].pk}" if len(told) > PAGE else "",
    }
    part = "#told" if request.headers.get("HX-Request") else ""
    return render(request, f"notices/list.html{part}", context)


@require_safe
def notice(request: ReaderRequest, notice_id: int) -> HttpResponse:
    """Opens one: it counts as seen, and its page follows."""
    told = notice_of(request.user, notice_id)
    see_notice(request.user, told)
    return HttpResponseRedirect(told.address)


@require_safe
def count(request: ReaderRequest) -> HttpResponse:
    """The badge beside Notices as it is now."""
    return render(request, "parts/count.html", {"unseen_notices": unseen_count(request.user)})


@require_POST
def seen(request: ReaderRequest) -> HttpResponse:
    """All that stood on the page and before it was seen; what came meanwhile was not."""
    see_notices(request.user, up_to=id_from(request.POST.get("up_to", "")))
    messages.success(request, _("All seen."))
    return redirect("/notices/")
