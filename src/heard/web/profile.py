"""A colleague's page: who they are, as far as the viewer may see, and what they started."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.foundation.conversation.queries import by_author_ids
from heard.foundation.people import queries, rules
from heard.foundation.people.queries import MemberRequest, Role
from heard.web.cards import before, feed_page


def their_time(time_zone: str) -> datetime | None:
    """What the clock says where somebody is, if they said so."""
    try:
        return timezone.localtime(timezone=ZoneInfo(time_zone)) if time_zone else None
    except (KeyError, ValueError):
        return None


@require_safe
def profile(request: MemberRequest, handle: str) -> HttpResponse:
    """One colleague, also one who left."""
    viewer = request.user
    person = queries.person_by_handle(viewer, handle)
    shown = {
        "nav": "people",
        "person": person,
        "profile": queries.profile(viewer, person),
        "roles": [Role(role).label for role in person.roles],
        "their_time": their_time(person.time_zone),
        "may_end_access": rules.may_end_access(viewer, person) and viewer != person,
        "may_invite": rules.may_invite(viewer) and not person.claimed_at and person.is_active,
        "may_grant": rules.may_grant(viewer),
        **feed_page(request, by_author_ids(request.user, person, before=before(request))),
    }
    return render(request, "people/profile.html", shown)
