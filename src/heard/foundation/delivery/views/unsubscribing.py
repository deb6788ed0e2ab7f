"""Unsubscribing from letters: by the mail reader's button (RFC 8058) or by hand, and back, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.delivery import actions
from heard.foundation.notices.rules import ALL_DIGESTS, ALL_MAIL, occasion, read_token


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, since programs that look through mail follow links; what is posted counts, also twice."""
    person_id, what = meant_by(token)
    if request.method != "POST":
        return page(request, what, "asked")
    return page(request, what, "done", back=f"{request.path}withdrawal/", was=actions.unsubscribe(person_id, what))


@login_not_required
@require_POST
def unsubscribing_withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """It comes again."""
    person_id, what = meant_by(token)
    actions.subscribe_again(person_id, what, was=request.POST.get("was", ""))
    return page(request, what, "again")


def meant_by(token: str) -> tuple[int, str]:
    """Who unsubscribes from what; raises Http404 where the token is not ours."""
    meant = read_token(token)
    if meant is None:
        raise Http404
    return meant


def page(request: HttpRequest, what: str, stage: str, **shown: str) -> HttpResponse:
    """The page, which names what it is about."""
    known = {ALL_DIGESTS: _("your digest"), ALL_MAIL: _("mail about what waits for you")}
    named = known.get(what) or _("mail {occasion}").format(occasion=occasion(what))
    return render(request, "delivery/unsubscribing.html", {"what": named, "stage": stage, **shown})
