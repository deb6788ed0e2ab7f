"""Letting colleagues in: by mail, on paper, one who waits or many new ones."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from heard.foundation.people import actions, queries, rules
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.forms import AddressForm, MailForm, PaperForm
from heard.foundation.people.queries import MemberRequest
from heard.plumbing.addresses import is_of_this_machine
from heard.plumbing.refusals import Refusal


@dataclass(frozen=True)
class Card:
    """What is printed for one colleague."""

    name: str
    code: str
    address: str
    qr: SafeString


def origin(request: MemberRequest) -> str:
    """Where Heard is: the address that is set, or the one it was asked by where none is."""
    return str(settings.HEARD_URL) if settings.HEARD_HAS_ADDRESS else request.build_absolute_uri("/").rstrip("/")


def card(request: MemberRequest, name: str, code: str) -> Card:
    """A card with a QR code that holds no style of its own."""
    address = f"{origin(request)}/join/{code}/"
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, svgclass=None, lineclass=None)
    return Card(name, code, address, mark_safe(drawn))  # noqa: S308


def warned(request: MemberRequest) -> dict[str, str]:
    """Names the address of invitations where only this machine could open it."""
    here = origin(request)
    return {"unreachable": here if is_of_this_machine(here) else ""}


def sheet(request: MemberRequest, cards: list[Card]) -> HttpResponse:
    """Cards to print; shown once, since no code is kept."""
    shown = {"cards": cards, "days": actions.INVITATION_DAYS, "join": f"{origin(request)}/join/", **warned(request)}
    return render(request, "people/sheet.html", shown)


def page(request: MemberRequest, *, by_mail: MailForm | None = None, paper: PaperForm | None = None) -> HttpResponse:
    """Who was invited and did not come yet, and both ways of inviting."""
    if not rules.may_invite(request.user):
        raise NotForYou
    shown = {
        "nav": "people",
        "invitations": queries.open_invitations(request.user)[:200],
        "mail_form": by_mail or MailForm(prefix="mail"),
        "paper_form": paper or PaperForm(prefix="paper"),
        **warned(request),
    }
    return render(request, "people/invitations.html", shown, status=422 if by_mail or paper else 200)


@require_safe
def invitations(request: MemberRequest) -> HttpResponse:
    """What waits, and how to invite."""
    return page(request)


@require_POST
def by_mail(request: MemberRequest) -> HttpResponse:
    """Invites every address; who cannot be invited is named with the reason, and the others are all the same."""
    form = MailForm(request.POST, prefix="mail")
    if not rules.may_invite(request.user) or not form.is_valid():
        return page(request, by_mail=form)
    sent = 0
    for name, address in form.cleaned_data["addresses"]:
        try:
            actions.invite_by_mail(
                by=request.user, origin=origin(request), name=name, email=address, unit_id=form.cleaned_data["unit"]
            )
            sent += 1
        except Refusal as refusal:
            messages.warning(request, f"{address}: {refusal}")
    if sent:
        messages.success(
            request, ngettext("%d invitation is on its way.", "%d invitations are on their way.", sent) % sent
        )
    return redirect("people:invitations")


@require_POST
def on_paper(request: MemberRequest) -> HttpResponse:
    """Makes cards to print."""
    form = PaperForm(request.POST, prefix="paper")
    if not rules.may_invite(request.user) or not form.is_valid():
        return page(request, paper=form)
    names = [*form.cleaned_data["names"], *[""] * (form.cleaned_data["count"] or 0)]
    unit = form.cleaned_data["unit"]
    codes = [actions.invite(by=request.user, name=name, unit_id=unit)[1] for name in names]
    return sheet(request, [card(request, name, code) for name, code in zip(names, codes, strict=True)])


@require_POST
def invitation_withdrawal(request: MemberRequest, invitation_id: int) -> HttpResponse:
    """Makes one useless."""
    actions.withdraw_invitation(queries.open_invitations(request.user).get(pk=invitation_id), by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people:invitations")


@require_POST
def invitation_of(request: MemberRequest, handle: str) -> HttpResponse:
    """Invites somebody whose account waits: by mail to the address known or typed, or on paper."""
    person = queries.person_by_handle(request.user, handle)
    if "paper" in request.POST:
        _invitation, code = actions.invite(by=request.user, person=person, name=person.name)
        return sheet(request, [card(request, person.name, code)])
    form = AddressForm({"email": person.email or request.POST.get("email", "")})
    if form.is_valid():
        email = form.cleaned_data["email"]
        actions.invite_by_mail(by=request.user, origin=origin(request), person=person, name=person.name, email=email)
        messages.success(request, _("The invitation is on its way to %(address)s.") % {"address": email})
    else:
        messages.error(request, str(form.errors["email"][0]))
    return redirect("profile", handle=handle)
