"""Who listens, and the key of a listener."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.features.desk import actions, queries, rules
from heard.features.desk.forms import KeyForm, NameForm, PassphraseForm
from heard.features.voice.errors import KeyIsUnusable
from heard.features.voice.queries import key_by_code
from heard.features.voice.rules import monday
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.queries import MemberRequest, unit_by_id
from heard.plumbing import base64url
from heard.plumbing.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def listeners(request: MemberRequest) -> HttpResponse:
    """Who is named for whom; POST names one more."""
    if not rules.may_name_listeners(request.user):
        raise NotForYou
    form = NameForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        unit = unit_by_id(form.cleaned_data["unit"]) if form.cleaned_data["unit"] else None
        person = form.cleaned_data["person"]
        try:
            actions.name_listener(person, unit=unit, by=request.user)
        except Refusal as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, _("%(name)s is named.") % {"name": person.name})
            return redirect("desk:listeners")
    shown = {"form": form, "named": queries.listeners(), "keys": queries.current_keys(), "is_heard": queries.is_heard()}
    return render(request, "desk/listeners.html", shown, status=422 if form.is_bound else 200)


@require_POST
def withdrawal(request: MemberRequest, listener_id: int) -> HttpResponse:
    """Ends that somebody is named."""
    if not rules.may_name_listeners(request.user):
        raise NotForYou
    actions.withdraw_listener(queries.listeners().get(pk=listener_id), by=request.user)
    messages.success(request, _("Nothing new is written to them for this."))
    return redirect("desk:listeners")


@require_http_methods(["GET", "HEAD", "POST"])
def key(request: MemberRequest) -> HttpResponse:
    """The listener's key; POST keeps a new one, as their browser made it."""
    if not rules.may_listen(request.user):
        raise Http404
    if request.method == "POST":
        form = KeyForm(request.POST)
        if not form.is_valid():
            raise KeyIsUnusable
        actions.keep_key(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your key is made. From now on it can be written to you."))
        return redirect("desk:key")
    held = queries.keys_of(request.user)
    kept = key_by_code(held[0]) if held else None
    public = base64url.encode(bytes(kept.public)) if kept else ""
    may_make = queries.may_make_key(request.user, monday(timezone.now().date()))
    shown = {"kept": kept, "public": public, "wrapped": json.dumps(kept.wrapped) if kept else "", "may_make": may_make}
    return render(request, "desk/key.html", shown)


@require_POST
def passphrase(request: MemberRequest) -> HttpResponse:
    """The same key under another passphrase."""
    if not rules.may_listen(request.user):
        raise Http404
    form = PassphraseForm(request.POST)
    if not form.is_valid():
        raise KeyIsUnusable
    actions.change_passphrase(by=request.user, wrapped=form.cleaned_data["wrapped"])
    messages.success(request, _("Your key lies under the new passphrase now."))
    return redirect("desk:key")
