"""A thread's own page, its replies as a fragment, and its permalinks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from heard.foundation.conversation.forms import ReplyForm
from heard.foundation.conversation.models import Kind, Thread
from heard.foundation.conversation.queries import ReplyTree, Spoken, attachments_of, replies, thread_by_id
from heard.foundation.conversation.queries.messages import Standing, standing
from heard.foundation.conversation.views import composing
from heard.foundation.conversation.views.keeping import reactions_of
from heard.foundation.people.queries import MemberRequest
from heard.web.fragments import drawn
from heard.web.templatetags.heard import age


@require_safe
def thread(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """The page; with `reply_id` the page of replies that holds it. A thread that was merged leads to where it went."""
    found = thread_by_id(request.user, thread_id)
    if found.merged_into_id:
        return redirect(f"/threads/{found.merged_into_id}/{found.pk}/#r{found.pk}")
    after = number(request.GET.get("after", ""))
    tree = replies(request.user, found, after=after, around=reply_id)
    stands = standing(request.user, found)
    return render(request, "threads/thread.html", page(request, found, stands, tree))


def number(given: str) -> int:
    """An id from an address; 0 for nonsense."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def page(request: MemberRequest, found: Thread, stands: Standing, tree: ReplyTree) -> dict[str, Any]:
    """Everything that the page of a thread shows."""
    hanging = attachments_of(found.pk)
    return {
        "thread": found,
        "at": f"/threads/{found.pk}",
        "kind": Kind(found.kind).label if found.kind != Kind.SHARE else "",
        "stands": stands,
        "may_see_gone": stands.place.may_tend or found.author_id == request.user.pk,
        "pictures": [one for one in hanging if one.is_picture],
        "files": [one for one in hanging if not one.is_picture],
        "reacted": reactions_of(found, stands.mine),
        "nav": "communities",
        **drawn_replies(request, found, stands, tree),
        **composing.reply_box(request, found, None, ReplyForm()),
    }


def drawn_replies(request: MemberRequest, found: Thread, stands: Standing, tree: ReplyTree) -> dict[str, Any]:
    """The replies of a page, each drawn once for each state it is seen in."""
    viewer = request.user.pk
    common = (stands.place.may_tend, stands.may_reply, translation.get_language(), str(timezone.get_current_timezone()))

    def one(spoken: Spoken) -> SafeString:
        reply = spoken.reply
        author = reply.author
        key = (reply.pk, reply.version, spoken.mine, author.pk == viewer, age(reply.created_at), common)
        state = (author.name, author.picture, author.title, len(spoken.files), reply.thread_id)
        return mark_safe(drawn.of((key, state), lambda: draw(spoken, stands, is_mine=author.pk == viewer)))  # noqa: S308

    return {
        "tree": tree,
        "spoken": [(one(top), top.reply, [(one(below), below.reply) for below in top.answers]) for top in tree.spoken],
    }


def draw(spoken: Spoken, stands: Standing, *, is_mine: bool) -> str:
    """One reply as HTML."""
    reply = spoken.reply
    context = {
        "reply": reply,
        "at": f"/threads/{reply.thread_id}/{reply.pk}",
        "is_mine": is_mine,
        "may_tend": stands.place.may_tend,
        "may_reply": stands.may_reply and not reply.is_gone,
        "pictures": [one for one in spoken.files if one.is_picture],
        "files": [one for one in spoken.files if not one.is_picture],
        **reactions_of(reply, spoken.mine),
    }
    return str(get_template("threads/reply.html").render(context))


@require_http_methods(["GET", "HEAD", "POST"])
def thread_replies(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """The replies as they are now, for a page that is open; POST replies first."""
    if request.method == "POST":
        answer = composing.reply(request, thread_id, reply_id)
        if answer.status_code >= 400 or not request.headers.get("HX-Request"):
            return answer
    found = thread_by_id(request.user, thread_id)
    stands = standing(request.user, found)
    tree = replies(request.user, found, after=number(request.GET.get("after", "")))
    if request.method == "POST" and tree.after:
        tree = last_page(request, found, tree)
    return render(request, "threads/replies.html", {"thread": found, **drawn_replies(request, found, stands, tree)})


def last_page(request: MemberRequest, found: Thread, tree: ReplyTree) -> ReplyTree:
    """The page on which somebody's own new reply stands."""
    newest = found.replies.order_by("-id").values_list("pk", flat=True).first()
    return replies(request.user, found, around=newest) if newest else tree


@require_safe
def thread_head(request: MemberRequest, thread_id: int) -> HttpResponse:
    """The first words of a thread as they are now, for a page that is open."""
    found = thread_by_id(request.user, thread_id)
    tree = ReplyTree([], 0, None, None, found.reply_count)
    context = page(request, found, standing(request.user, found), tree)
    return render(request, "threads/head.html", context)
