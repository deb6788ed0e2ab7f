"""The desk: what lies on it, one conversation of it, how far that is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.features.desk import actions, queries, rules
from heard.features.desk.errors import ReasonIsMissing
from heard.features.desk.forms import HideForm
from heard.features.voice.queries import Because
from heard.foundation.people.queries import MemberRequest

STATES = {"decided": actions.decide, "done": actions.finish, "open": actions.reopen}


@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What this listener hears, in three piles."""
    if not rules.may_listen(request.user):
        raise Http404
    piles = queries.piles(request.user)
    chosen = request.GET.get("pile", "open")
    chosen = chosen if chosen in piles else "open"
    labels = {"open": _("Open"), "done": _("Done"), "hidden": _("Hidden")}
    tabs = [
        {"url": f"?pile={name}", "label": labels[name], "count": len(pile), "current": name == chosen}
        for name, pile in piles.items()
    ]
    has_key = bool(queries.keys_of(request.user))
    shown = {"nav": "listening", "pile": piles[chosen][:500], "chosen": chosen, "tabs": tabs, "has_key": has_key}
    also = {"is_heard": queries.is_heard(), "owed": queries.owed(piles)}
    return render(request, "desk/desk.html", shown | also)


@require_safe
def conversation(request: MemberRequest, code: str) -> HttpResponse:
    """One of them; its words are opened in the browser, under the passphrase."""
    found = queries.conversation(request.user, code)
    shown = {"nav": "listening", "conversation": found, "handled": queries.handled(found.thread), "hide": HideForm()}
    also = {"has_key": bool(queries.keys_of(request.user)), "next": queries.next_waiting(request.user, found.thread)}
    return render(request, "desk/conversation.html", shown | also)


@require_POST
def state(request: MemberRequest, code: str, state: str) -> HttpResponse:
    """Decided, done, or open again."""
    if state not in STATES:
        raise Http404
    STATES[state](queries.conversation(request.user, code), by=request.user)
    return redirect("desk:conversation", code=code)


@require_http_methods(["POST"])
def hiding(request: MemberRequest, code: str) -> HttpResponse:
    """Takes it off the desk for a reason."""
    found, form = queries.conversation(request.user, code), HideForm(request.POST)
    if not form.is_valid():
        raise ReasonIsMissing
    actions.hide(found, Because(form.cleaned_data["because"]), by=request.user)
    messages.success(request, _("It is hidden. The writer sees why."))
    return redirect("desk:desk")


@require_POST
def hiding_withdrawal(request: MemberRequest, code: str) -> HttpResponse:
    """Takes it back onto the desk."""
    actions.show_again(queries.conversation(request.user, code), by=request.user)
    return redirect("desk:conversation", code=code)
