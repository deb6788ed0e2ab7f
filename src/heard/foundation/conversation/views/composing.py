"""Writing: a thread, a reply, a change, and what the composer asks while somebody writes."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.foundation.communities.queries import place_of, readers_among, visible_to
from heard.foundation.communities.rules import audience
from heard.foundation.conversation import actions
from heard.foundation.conversation.errors import MessageIsGone, WrittenBySomebodyElse
from heard.foundation.conversation.forms import EditForm, MessageForm, ReplyForm, ThreadForm
from heard.foundation.conversation.queries import message_seen_by, reply_seen_by, tags_beginning, thread_by_id
from heard.foundation.conversation.queries.files import attachments_on
from heard.foundation.conversation.queries.messages import message_of
from heard.foundation.conversation.views.carrying import may_be_sent
from heard.foundation.people.queries import Links, MemberRequest, completions
from heard.plumbing.limits import refuse_spent, spend
from heard.plumbing.refusals import Refusal
from heard.plumbing.text import MESSAGE_LIMIT
from heard.plumbing.text import render as in_html

if TYPE_CHECKING:
    from heard.foundation.communities.models import Community
    from heard.foundation.conversation.models import Reply, Thread
    from heard.foundation.people.models import Person


LONG, LONG_PREVIEWS = 4_000, 60
"""So many characters make a text long, and so many previews of long ones are shown to one person in a minute."""

ASKED = {"preview_url": "/write/preview/", "people_url": "/write/people/", "tags_url": "/write/tags/"}


def shown_again(form: MessageForm) -> dict[str, Any]:
    """What a composer shows besides its form when it comes back: the preview that somebody without script asked for."""
    if "preview" not in form.data:
        return {}
    return {"preview": in_html(str(form.data.get("source", ""))[:MESSAGE_LIMIT], link=Links()).html}


def sent(request: MemberRequest, address: str) -> HttpResponse:
    """Leads to what was said, and tells the browser which draft it need not keep."""
    response = redirect(address)
    if draft := request.POST.get("draft"):
        # Quoted, since a server may throw away every cookie of a request in which one is not ASCII.
        response.set_cookie("posted", quote(draft[:100]), max_age=60, samesite="Lax", secure=settings.HTTPS)
    return response


def refuse_other(request: MemberRequest) -> None:
    """Raises WrittenBySomebodyElse if the page was opened by another person than the one who sends it."""
    if request.POST.get("as", str(request.user.pk)) != str(request.user.pk):
        raise WrittenBySomebodyElse


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: MemberRequest) -> HttpResponse:
    """The page of the composer, which the phone's share menu opens too; POST says it."""
    slug = request.GET.get("community")
    chosen = visible_to(request.user).filter(slug=slug).first() if slug else None
    if request.method == "POST":
        refuse_other(request)
        form = ThreadForm(request.POST, request.FILES, person=request.user, chosen=chosen)
        if may_be_sent(request, form):
            try:
                thread = actions.start_thread(
                    community=form.cleaned_data["community"],
                    by=request.user,
                    kind=form.cleaned_data["kind"],
                    title=form.cleaned_data["title"],
                    source=form.cleaned_data["source"],
                    files=form.attached_codes,
                    once=form.cleaned_data["once"],
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return sent(request, f"/threads/{thread.pk}/")
        context = {**composer(form, chosen), **shown_again(form)}
        return render(request, "conversation/write.html", context, status=422 if form.errors else 200)
    shared = [request.GET.get(name, "").strip() for name in ("text", "url")]
    initial = {
        "title": request.GET.get("title", "")[:200],
        "source": "\n\n".join(part for part in shared if part)[:MESSAGE_LIMIT],
        "kind": request.GET.get("kind", "share"),
    }
    form = ThreadForm(person=request.user, chosen=chosen, initial=initial)
    return render(request, "conversation/write.html", composer(form, chosen))


def composer(form: ThreadForm, chosen: Any) -> dict[str, Any]:
    """What the page of the composer shows."""
    return {
        **ASKED,
        "form": form,
        "nav": "write",
        "chosen": chosen,
        "draft": f"thread-{chosen.slug}" if chosen else "thread",
        "audience": audience(form.place) if form.place else "",
        "shown": shown_to(form.place) if form.place else "",
    }


def shown_to(place: "Community") -> str:
    """What the composer showed of who may read: sent along, so that nobody's words go further than it said."""
    return f"{place.slug}:{place.access}"


@require_POST
def reply(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Says something in a thread, or answers a reply; where it is refused, the composer comes back with the words.

    What is said from a page of a thread that was merged meanwhile is said where it went.
    """
    refuse_other(request)
    thread = thread_by_id(request.user, thread_id)
    if thread.merged_into_id is not None:
        thread_id = thread.merged_into_id
        thread = thread_by_id(request.user, thread_id)
    parent = reply_seen_by(request.user, thread_id, reply_id) if reply_id else None
    form = ReplyForm(request.POST, request.FILES)
    if may_be_sent(request, form):
        try:
            said = actions.reply_to(
                thread,
                by=request.user,
                source=form.cleaned_data["source"],
                parent=parent,
                files=form.attached_codes,
                once=form.cleaned_data["once"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if request.headers.get("HX-Request"):
                return redirect(f"/threads/{thread_id}/replies/?fresh={said.pk}")
            return sent(request, f"/threads/{thread_id}/{said.pk}/#r{said.pk}")
    name = "conversation/reply_box.html" if request.headers.get("HX-Request") else "conversation/answer.html"
    context = {**reply_box(request, thread, parent, form), **shown_again(form)}
    return render(request, name, context, status=422 if form.errors else 200)


@require_GET
def answer(request: MemberRequest, thread_id: int, reply_id: int) -> HttpResponse:
    """The composer for an answer to a reply: a page, or the fragment that opens under the reply."""
    thread = thread_by_id(request.user, thread_id)
    parent = reply_seen_by(request.user, thread_id, reply_id)
    if parent.is_gone:
        raise MessageIsGone
    name = "conversation/reply_box.html" if request.headers.get("HX-Request") else "conversation/answer.html"
    return render(request, name, reply_box(request, thread, parent, ReplyForm()))


def reply_box(request: MemberRequest, thread: "Thread", parent: "Reply | None", form: ReplyForm) -> dict[str, Any]:
    """What a reply's composer shows."""
    to = f"/{parent.pk}" if parent else ""
    if parent:
        form.auto_id = f"id_{parent.pk}_%s"  # several boxes stand on one page
    return {
        **ASKED,
        "form": form,
        "thread": thread,
        "parent": parent,
        "message": parent or thread,
        "slug": thread.community.slug,
        "action": f"/threads/{thread.pk}{to}/replies/",
        "draft": f"reply-{thread.pk}{to}",
        "target": "#replies",
        "swap": "outerMorph",
        "audience": place_of(request.user, thread.community).audience,
        "submit": _("Answer") if to else _("Reply"),
        "label": _("Your answer") if to else _("Your reply"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Changes one's own words."""
    message = message_of(request.user, thread_id, reply_id)
    initial = {"source": message.source, "title": getattr(message, "title", "")}
    is_sent = request.method == "POST"
    form = EditForm(request.POST, request.FILES) if is_sent else EditForm(initial=initial)
    if message.is_reply:
        del form.fields["title"]
    if not is_sent:
        form.kept = attachments_on(message)
    elif may_be_sent(request, form, message):
        try:
            actions.edit_message(
                message,
                by=request.user,
                source=form.cleaned_data["source"],
                title=form.cleaned_data.get("title", ""),
                files=form.attached_codes if "attached" in request.POST else None,
                described=form.described,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return sent(request, permalink(thread_id, reply_id))
    status = 422 if form.errors else 200
    context = {**ASKED, "form": form, "message": message, "thread_id": thread_id, "reply_id": reply_id}
    context |= {"draft": f"edit-{message.pk}", "cancel_url": permalink(thread_id, reply_id), **shown_again(form)}
    context["slug"] = thread_by_id(request.user, thread_id).community.slug
    return render(request, "conversation/edit.html", context, status=status)


def permalink(thread_id: int, reply_id: int | None = None) -> str:
    """Where a message is read."""
    return f"/threads/{thread_id}/{reply_id}/#r{reply_id}" if reply_id else f"/threads/{thread_id}/"


@require_GET
def audience_of(request: MemberRequest) -> HttpResponse:
    """Who will be able to read what is said in the community that somebody just chose."""
    slug = request.GET.get("community", "")
    place = visible_to(request.user).get(slug=slug) if slug else None
    context = {"audience": audience(place), "shown": shown_to(place)} if place else {}
    return render(request, "parts/audience.html", context)


@require_POST
def preview(request: MemberRequest) -> HttpResponse:
    """What the words will look like; of long ones, which take the server a moment, not again and again."""
    source = request.POST.get("source", "")[:MESSAGE_LIMIT]
    if len(source) > LONG:
        refuse_spent("preview", str(request.user.pk), most=LONG_PREVIEWS)
        spend("preview", str(request.user.pk), seconds=60)
    rendered = in_html(source, link=Links())
    return render(request, "conversation/preview.html", {"html": rendered.html})


@require_GET
def people(request: MemberRequest) -> JsonResponse:
    """Colleagues whom `@…` may mean, for the composer's completion; last, and marked, who cannot read what is written.

    `in` is the community in which it will be said; where it is not known, nobody is marked.
    """
    found = completions(request.user, request.GET.get("q", "")[:60])
    place = visible_to(request.user).filter(slug=request.GET.get("in", "")).first()
    readers = readers_among(place, {one.pk for one in found}) if place else {one.pk for one in found}
    rows = [
        {
            "value": f"@{one.handle}",
            "label": one.name,
            "hint": hint_of(one) if one.pk in readers else _("cannot read this"),
        }
        for one in sorted(found, key=lambda one: one.pk not in readers)
    ]
    return JsonResponse(rows, safe=False)


def hint_of(person: "Person") -> str:
    """What tells somebody from others of the same name."""
    return person.title or (person.unit.name if person.unit else "")


@require_GET
def tags(request: MemberRequest) -> JsonResponse:
    """Hashtags that `#…` may become."""
    found = tags_beginning(request.user, request.GET.get("q", "")[:60])
    return JsonResponse([{"value": f"#{tag}", "label": f"#{tag}", "hint": ""} for tag in found], safe=False)


@require_POST
def deletion(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Takes one's own words back, with a way to undo it."""
    message = message_seen_by(request.user, thread_id, reply_id)
    actions.delete_message(message, by=request.user)
    messages.success(request, _("Deleted. You find it, with a way back, where it stood."))
    return redirect(permalink(thread_id, reply_id))


@require_POST
def restoration(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Puts back what one deleted."""
    actions.restore_message(message_seen_by(request.user, thread_id, reply_id), by=request.user)
    return redirect(permalink(thread_id, reply_id))
