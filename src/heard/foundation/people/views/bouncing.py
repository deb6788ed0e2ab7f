"""An address from which mail comes back: its owner confirms it, stewards see whose they are."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.foundation.people import actions, queries, rules
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.queries import MemberRequest


@require_POST
def confirmation(request: MemberRequest) -> HttpResponse:
    """Sends the letter that confirms one's address."""
    origin = settings.HEARD_URL if settings.HEARD_HAS_ADDRESS else request.build_absolute_uri("/").rstrip("/")
    actions.ask_to_confirm_address(by=request.user, origin=origin)
    messages.success(request, _("A mail is on its way. Open the address in it, and mail comes to you again."))
    return redirect("me")


@require_safe
def confirmed(request: MemberRequest, code: str) -> HttpResponse:
    """Where that letter leads."""
    actions.confirm_address(code, by=request.user)
    messages.success(request, _("Mail reaches you again."))
    return redirect("me")


@require_safe
def missed(request: MemberRequest) -> HttpResponse:
    """Whom no mail reaches."""
    if not rules.may_invite(request.user):
        raise NotForYou
    page = queries.page_by_name(queries.people_mail_misses(request.user), request.GET.get("after", ""))
    return render(request, "people/missed.html", {"nav": "people", "page": page})
