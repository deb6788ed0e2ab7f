"""What tenders do with one thread: close, pin, hide, move, merge."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.communities.queries import visible_to
from heard.foundation.conversation import actions
from heard.foundation.conversation.errors import MessageIsGone
from heard.foundation.conversation.forms import MergeForm, ReasonForm
from heard.foundation.conversation.queries import message_seen_by, thread_by_id
from heard.foundation.conversation.queries.merging import merge_targets_named
from heard.foundation.conversation.queries.messages import (
    message_tended_by,
    thread_tended_by,
    where_to_move,
)
from heard.foundation.conversation.views.composing import permalink
from heard.foundation.people.queries import MemberRequest


def deed(action: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view that does one thing to a thread and shows it again."""

    @require_POST
    def view(request: MemberRequest, thread_id: int) -> HttpResponse:
        action(thread_by_id(request.user, thread_id), by=request.user)
        return redirect(permalink(thread_id))

    return view


closure = deed(actions.close_thread)
closure_withdrawal = deed(actions.reopen_thread)
pin = deed(actions.pin_thread)
pin_withdrawal = deed(actions.unpin_thread)


@require_http_methods(["GET", "HEAD", "POST"])
def hiding(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Takes a message out of sight, with a reason that its author can read; what that deleted, nobody is shown."""
    message = message_tended_by(request.user, thread_id, reply_id)
    if message.deleted_at is not None:
        raise MessageIsGone
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hide_message(message, by=request.user, because=form.cleaned_data["because"])
        return redirect(permalink(thread_id, reply_id))
    context = {"form": form, "message": message, "is_tending": True, "back": permalink(thread_id, reply_id)}
    return render(request, "conversation/hide.html", context, status=422 if form.errors else 200)


@require_POST
def hiding_withdrawal(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Puts a hidden message back."""
    actions.show_message(message_seen_by(request.user, thread_id, reply_id), by=request.user)
    return redirect(permalink(thread_id, reply_id))


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: MemberRequest, thread_id: int) -> HttpResponse:
    """Moves a thread to another community."""
    thread = thread_tended_by(request.user, thread_id)
    if request.method == "POST":
        target = visible_to(request.user).get(slug=request.POST.get("community", ""))
        actions.move_thread(thread, target, by=request.user)
        messages.success(request, _("Moved to %(name)s.") % {"name": target.name})
        return redirect(permalink(thread_id))
    return render(request, "conversation/move.html", {"thread": thread, "places": where_to_move(request.user, thread)})


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: MemberRequest, thread_id: int) -> HttpResponse:
    """Makes a thread part of another, which is found by words or its address and shown before it is done."""
    thread = thread_tended_by(request.user, thread_id)
    if thread.is_gone:
        raise MessageIsGone
    asked = request.POST if request.method == "POST" else request.GET
    form = MergeForm(asked if request.method == "POST" or "into" in asked else None, person=request.user, thread=thread)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into:
        reply = actions.merge_thread(thread, into, by=request.user)
        messages.success(request, _("The two are one thread now."))
        return redirect(permalink(into.pk, reply.pk))
    words = request.GET.get("q", "").strip()[:300]
    context = {"thread": thread, "form": form, "into": into, "words": words}
    context["found"] = [] if into else merge_targets_named(request.user, thread, words)
    part = "#found" if request.headers.get("HX-Request") else ""
    return render(request, f"conversation/merge.html{part}", context, status=422 if form.errors else 200)
