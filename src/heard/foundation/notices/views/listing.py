"""Opening what a person was told, how much is new, having seen it all, and taking that back."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heard.foundation.notices import actions
from heard.foundation.notices.queries import notice_of, unseen_count
from heard.foundation.notices.views.reading import ReaderRequest, id_from

LIST = "/notices/"


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
    return redirect(f"{LIST}?{urlencode({'seen': noted.gesture, 'count': noted.how_many})}")


@require_POST
def seen_withdrawal(request: ReaderRequest) -> HttpResponse:
    """What was seen by that gesture is new again."""
    if gesture := id_from(request.POST.get("gesture", "")):
        actions.unsee_notices(request.user, gesture=gesture)
    return redirect(LIST)
