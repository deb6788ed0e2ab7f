"""A thread's own page, its replies as a fragment, and its permalinks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import Context
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from heard.foundation.conversation.forms import ReplyForm
from heard.foundation.conversation.models import Kind
from heard.foundation.conversation.queries import attachments_of, thread_by_id
from heard.foundation.conversation.queries.marks import (
    ReplyMark,
    ReplyMarks,
    ThreadMark,
    newest_reply,
    reply_marks,
    thread_mark,
)
from heard.foundation.conversation.queries.messages import Spoken, replies_in_full, standing
from heard.foundation.conversation.views import composing
from heard.foundation.conversation.views.keeping import reactions_of
from heard.foundation.notices.actions import see_thread
from heard.foundation.people.queries import MemberRequest
from heard.foundation.previews.queries import shown
from heard.plumbing.ids import time_of
from heard.web.fragments import drawn, template_of
from heard.web.slots import slotted, token
from heard.web.templatetags.heard import age


@require_safe
def thread(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """The page; with `reply_id` the page of replies that holds it. A thread that was merged leads to where it went."""
    mark = thread_mark(request.user, thread_id)
    if mark.merged_into:
        return redirect(f"/threads/{mark.merged_into}/{mark.id}/#r{mark.id}")
    see_thread(request.user, thread_id)
    marks = reply_marks(request.user, thread_id, after=number(request.GET.get("after", "")), around=reply_id)
    fixed = {"nav": "communities", "mark": mark, "age": age(time_of(mark.id)), "zone": zone_name()}
    slots = {"replies": replies_html(request, mark, marks)}
    return slotted(request, "threads/thread.html", fixed=fixed, slots=slots, build=lambda: page(request, thread_id))


def zone_name() -> str:
    """The time zone in which times are told."""
    return timezone.get_current_timezone_name()


def number(given: str) -> int:
    """An id from an address; 0 for nonsense."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def page(request: MemberRequest, thread_id: int) -> dict[str, Any]:
    """Everything that the page of a thread shows but its replies; asked for only where that was not drawn before."""
    found = thread_by_id(request.user, thread_id)
    stands = standing(request.user, found)
    hanging = attachments_of(found.pk)
    is_mine = found.author_id == request.user.pk
    return {
        "thread": found,
        "at": f"/threads/{found.pk}",
        "kind": Kind(found.kind).label if found.kind != Kind.SHARE else "",
        "stands": stands,
        "is_mine": is_mine,
        "may_see_gone": stands.place.may_tend or is_mine,
        "pictures": [one for one in hanging if one.is_picture],
        "files": [one for one in hanging if not one.is_picture],
        "linked": shown(found.preview),
        "reacted": reactions_of(found, stands.mine),
        **composing.reply_box(request, found, None, ReplyForm()),
    }


def replies_html(request: MemberRequest, mark: ThreadMark, marks: ReplyMarks) -> str:
    """A page of replies as HTML, each drawn once for each state that it is seen in."""
    html = drawn_replies(request, mark, marks)

    def item(one: ReplyMark) -> str:
        below = "".join(item(answer) for answer in marks.answers.get(one.id, ()))
        answers = f'<ol class="answers">{below}</ol>' if below else ""
        return f'<li class="reply" id="r{one.id}">{html[one.id]}{answers}</li>'

    listed = "".join(item(top) for top in marks.tops)
    round_it = (mark.id, mark.reply_count, marks.start, marks.before, marks.after, bool(listed))
    key = ("replies", round_it, translation.get_language())
    context = {"thread": mark, "tree": marks, "count": mark.reply_count, "listed": bool(listed)}
    frame = drawn.of(key, lambda: template_of("threads/replies.html").render(Context(context)))
    return frame.replace(token("list"), listed)


def drawn_replies(request: MemberRequest, mark: ThreadMark, marks: ReplyMarks) -> dict[int, str]:
    """Each reply by its id; only those that were not drawn before cost a query for their words."""
    viewer = request.user.pk
    common = (mark.is_tending, mark.is_open_to_me, translation.get_language(), zone_name(), mark.id)
    everything = [*marks.tops, *(one for below in marks.answers.values() for one in below)]
    keys = {
        one.id: (one, marks.mine.get(one.id), one.author_id == viewer, age(time_of(one.id)), common)
        for one in everything
    }
    html = {pk: drawn.get(key) for pk, key in keys.items()}
    missing = [pk for pk, piece in html.items() if piece is None]
    for spoken in replies_in_full(missing):
        pk = spoken.reply.pk
        html[pk] = drawn.put(keys[pk], draw(spoken, mark, marks.mine.get(pk, frozenset()), viewer))
    return {pk: piece or "" for pk, piece in html.items()}


def draw(spoken: Spoken, mark: ThreadMark, mine: frozenset[str], viewer: int) -> str:
    """One reply as HTML."""
    reply = spoken.reply
    context = {
        "reply": reply,
        "at": f"/threads/{reply.thread_id}/{reply.pk}",
        "is_mine": reply.author_id == viewer,
        "may_tend": mark.is_tending,
        "may_reply": mark.is_open_to_me and not reply.is_gone,
        "pictures": [one for one in spoken.files if one.is_picture],
        "files": [one for one in spoken.files if not one.is_picture],
        "linked": shown(reply.preview),
        **reactions_of(reply, mine),
    }
    return template_of("threads/reply.html").render(Context(context))


@require_http_methods(["GET", "HEAD", "POST"])
def thread_replies(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """The replies as they are now, for a page that is open; POST replies first."""
    if request.method == "POST":
        answer = composing.reply(request, thread_id, reply_id)
        if answer.status_code >= 400 or not request.headers.get("HX-Request"):
            return answer
    mark = thread_mark(request.user, thread_id)
    if mark.merged_into:
        thread_id = mark.merged_into
        mark = thread_mark(request.user, thread_id)
    marks = reply_marks(request.user, thread_id, after=number(request.GET.get("after", "")))
    if request.method == "POST" and marks.after:
        marks = reply_marks(request.user, thread_id, around=newest_reply(thread_id))
    return HttpResponse(replies_html(request, mark, marks))


@require_safe
def thread_head(request: MemberRequest, thread_id: int) -> HttpResponse:
    """The first words of a thread as they are now, for a page that is open; of one that was merged, nothing."""
    shown = page(request, thread_id)
    if shown["thread"].merged_into_id is not None:
        return HttpResponse(status=204)
    return render(request, "threads/head.html", shown)
