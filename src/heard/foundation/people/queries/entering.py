"""Who is signed in, and who may come in."""

import re
from hashlib import sha256

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from heard.foundation.people import rules
from heard.foundation.people.models import Invitation, Person
from heard.plumbing.prepared import Prepared

_by_id = Prepared(Person, "pk")
_SESSION_KEY = re.compile(r"[a-z0-9]{32}", re.ASCII)


def somebody_is_here() -> bool:
    """Whether the network has anybody who can sign in; if not, the first-run page is open."""
    return Person.objects.filter(claimed_at__isnull=False).exists()


def is_alone(person: Person) -> bool:
    """Whether nobody but `person` has ever come in."""
    return not Person.objects.filter(claimed_at__isnull=False).exclude(pk=person.pk).exists()


def person_by_id(person_id: int) -> Person | None:
    """The person with this id, also one who left; asked by every request."""
    return _by_id.first(person_id)


def is_session_key(key: str | None) -> bool:
    """Whether a session can have this key; what a browser sends may be anything, and is not asked for."""
    return bool(key and _SESSION_KEY.fullmatch(key))


def person_of_session(session_key: str) -> Person | None:
    """Who is signed in by this session, checked as a page would: nobody if they left or signed out everywhere."""
    if not is_session_key(session_key):
        return None
    session = SessionStore(session_key).load()
    if not {SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY} <= session.keys():
        return None
    person = Person.objects.filter(pk=session[SESSION_KEY], left_at=None).first()
    if person and constant_time_compare(session[HASH_SESSION_KEY], person.get_session_auth_hash()):
        return person
    return None


def code_hash(code: str) -> str:
    """What is stored of an invitation's code; case, blanks and dashes in it do not count."""
    return sha256("".join(code.upper().split()).replace("-", "").encode()).hexdigest()


def invitation_by_code(code: str) -> Invitation | None:
    """The open invitation with this code."""
    return (
        Invitation.objects.filter(
            code_hash=code_hash(code), accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
        )
        .select_related("person", "unit")
        .first()
    )


def open_invitations(viewer: Person) -> QuerySet[Invitation]:
    """Invitations that were not used yet; nobody's but for those who may invite."""
    if not rules.may_invite(viewer):
        return Invitation.objects.none()
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    return waiting.select_related("person", "invited_by").order_by("-id")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in: what every view gets unless it says otherwise."""

    user: Person
