"""The files that come with a message: every good one is kept, and every other is named."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from heard.foundation.conversation import actions
from heard.foundation.conversation.errors import TooManyFiles
from heard.foundation.conversation.forms import MessageForm
from heard.foundation.conversation.queries.files import kept
from heard.foundation.conversation.rules import MOST_FILES
from heard.foundation.people.queries import MemberRequest
from heard.plumbing.files import safe_name
from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from heard.foundation.conversation.models import Reply, Thread


def may_be_sent(request: MemberRequest, form: MessageForm, on: "Thread | Reply | None" = None) -> bool:
    """Takes in the files, whatever else is wrong with the message, and says whether all of it may be sent as it is.

    `on` is the message that is changed, if it is one. Afterwards `form.attached_codes` are all that go with it, and its
    errors name each file that does not, and why.
    """
    form.full_clean()
    for upload, shows in form.uploads():
        try:
            if len(form.attached_codes) >= MOST_FILES:
                raise TooManyFiles
            form.attached_codes.append(actions.attach(upload, by=request.user, description=shows).code)
        except Refusal as refusal:
            why = _("“%(name)s” was not added. %(why)s") % {"name": safe_name(upload.name or ""), "why": refusal}
            form.add_error("files", why)
    if form.described and not on:
        actions.describe(form.described, by=request.user)
    form.kept = kept(request.user, form.attached_codes, on) if form.attached_codes else []
    for one in form.kept:
        one.description = form.described.get(one.code, one.description)
    return form.is_valid() and not form.is_unfinished
