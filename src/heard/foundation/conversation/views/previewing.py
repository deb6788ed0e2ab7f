"""The pages behind links: their pictures, and taking them off one's own message."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heard.foundation.conversation import actions
from heard.foundation.conversation.queries import message_seen_by
from heard.foundation.conversation.queries.files import preview_seen_by
from heard.foundation.conversation.views.composing import permalink
from heard.foundation.people.queries import MemberRequest
from heard.plumbing import files


@require_GET
def picture(request: MemberRequest, code: str) -> FileResponse:
    """The picture of a page, for those who may read a message that links to it."""
    return files.serve(preview_seen_by(request.user, code).picture, mime="image/webp", name="picture.webp")


@require_POST
def withdrawal(request: MemberRequest, thread_id: int, reply_id: int | None = None) -> HttpResponse:
    """Takes the preview off one's own message."""
    actions.remove_preview(message_seen_by(request.user, thread_id, reply_id), by=request.user)
    messages.success(request, _("Only the link is shown now."))
    return redirect(permalink(thread_id, reply_id))
