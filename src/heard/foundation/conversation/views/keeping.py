"""Reactions, saved threads, files, history, reports: what a reader does with what is said."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.foundation.conversation import actions
from heard.foundation.conversation.forms import ReasonForm
from heard.foundation.conversation.queries import attachment_seen_by, message_seen_by, thread_by_id
from heard.foundation.conversation.queries import history as versions_of
from heard.foundation.conversation.queries.messages import address, message_shown_to, mine_on
from heard.foundation.conversation.views.composing import permalink
from heard.foundation.people.queries import MemberRequest
from heard.plumbing import files

if TYPE_CHECKING:
    from heard.foundation.conversation.models import Reply, Thread

OFFERED = ["👍", "❤️", "😂", "🎉", "🙏", "👀"]


@require_http_methods(["GET", "HEAD", "POST"])
def reaction(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Offers emoji; POST adds one."""
    message = message_shown_to(request.user, thread_id, reply_id)
    if request.method != "POST":
        context = {**reactions_of(message, mine_on(request.user, message)), "picker": "closed" not in request.GET}
        context["pressed"] = request.GET.get("closed", "")  # whoever closed it stands where they opened it
        if request.headers.get("HX-Request"):
            return render(request, "parts/reactions.html", context)
        context |= {"message": message, "back": permalink(thread_id, reply_id)}
        return render(request, "conversation/react.html", context)
    actions.react(message, request.POST.get("emoji", "").strip(), by=request.user)
    return reactions(request, message, thread_id, reply_id)


@require_POST
def reaction_withdrawal(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Takes an emoji back."""
    message = message_seen_by(request.user, thread_id, reply_id)
    actions.withdraw_reaction(message, request.POST.get("emoji", "").strip(), by=request.user)
    return reactions(request, message, thread_id, reply_id)


def reactions(request: MemberRequest, message: "Thread | Reply", thread_id: int, reply_id: int | None) -> HttpResponse:
    """The reactions as they are now, or the page that shows them."""
    if not request.headers.get("HX-Request"):
        return redirect(permalink(thread_id, reply_id))
    shown = reactions_of(message, mine_on(request.user, message))
    return render(request, "parts/reactions.html", {**shown, "pressed": request.POST.get("emoji", "").strip()})


def reactions_of(message: "Thread | Reply", mine: set[str] | frozenset[str]) -> dict[str, object]:
    """What the part that shows reactions needs."""
    at = address(message)
    return {
        "id": f"x{message.pk}",
        "reactions": message.reactions,
        "mine": mine,
        "url": f"{at}/reactions/",
        "undo_url": f"{at}/reactions/withdrawal/",
        "offered": OFFERED,
    }


@require_POST
def save(request: MemberRequest, thread_id: int) -> HttpResponse:
    """Keeps a thread for later."""
    actions.save_thread(thread_by_id(request.user, thread_id), by=request.user)
    return saved(request, thread_id, is_saved=True)


@require_POST
def save_withdrawal(request: MemberRequest, thread_id: int) -> HttpResponse:
    """Keeps it no longer."""
    actions.unsave_thread(thread_by_id(request.user, thread_id), by=request.user)
    return saved(request, thread_id, is_saved=False)


def saved(request: MemberRequest, thread_id: int, *, is_saved: bool) -> HttpResponse:
    """The button as it is now."""
    if request.headers.get("HX-Request"):
        return render(request, "conversation/save.html", {"thread_id": thread_id, "is_saved": is_saved})
    return redirect(permalink(thread_id))


@require_POST
def read(request: MemberRequest) -> HttpResponse:
    """Notes how far somebody has seen the newest threads."""
    read_to = request.POST.get("to", "")
    if read_to.isascii() and read_to.isdigit() and len(read_to) < 19:
        actions.mark_read(int(read_to), by=request.user)
    return HttpResponse(status=204) if request.headers.get("HX-Request") else redirect("/")


@require_GET
def history(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """What a message said before each edit, and what that changed."""
    message = message_shown_to(request.user, thread_id, reply_id)
    context = {"message": message, "versions": versions_of(message), "back": permalink(thread_id, reply_id)}
    return render(request, "conversation/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Asks tenders and stewards to look at a message."""
    message = message_shown_to(request.user, thread_id, reply_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report(message, by=request.user, because=form.cleaned_data["because"])
        messages.success(request, _("Thank you. Those who tend this community, and the stewards, will look at it."))
        return redirect(permalink(thread_id, reply_id))
    context = {"form": form, "message": message, "back": permalink(thread_id, reply_id)}
    return render(request, "conversation/report.html", context, status=422 if form.errors else 200)


@require_GET
def file(request: MemberRequest, code: str, size: str = "") -> HttpResponse | FileResponse:
    """A file, for those who may read what it hangs on: pictures in place, everything else as a download."""
    attachment = attachment_seen_by(request.user, code)
    path = attachment.preview if size == "preview" and attachment.preview else attachment.path
    return files.serve(path, mime=attachment.mime, name=attachment.name)
