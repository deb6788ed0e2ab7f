"""Unsubscribing from letters: by the mail reader's button (RFC 8058) or by hand, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.foundation.delivery import actions
from heard.foundation.notices.rules import ALL_DIGESTS, ALL_MAIL, read_token


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, since programs that look through mail follow links; what is posted counts, also twice."""
    meant = read_token(token)
    if meant is None:
        raise Http404
    person_id, what = meant
    if request.method == "POST":
        actions.unsubscribe(person_id, what)
    known = {ALL_DIGESTS: _("your digest"), ALL_MAIL: _("mail about what waits for you")}
    shown = {"what": known.get(what, _("mail about this kind of notice")), "is_done": request.method == "POST"}
    return render(request, "delivery/unsubscribing.html", shown)
