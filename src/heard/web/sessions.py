"""Whose request it is, found by two queries that are composed once: every page asks them, hot ones hardly more."""

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from heard.foundation.people.queries import is_session_key, person_by_id
from heard.plumbing.prepared import Prepared

if TYPE_CHECKING:
    from heard.foundation.people.models import Person

_by_key = Prepared(Session, "session_key")


class SessionStore(db.SessionStore):
    """Django's sessions in the database; only how one is looked up is ours."""

    def _get_session_from_db(self) -> Session | None:
        found = _by_key.first(self.session_key) if is_session_key(self.session_key) else None
        if found and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None


class Backend(AuthenticationBackend):
    """allauth's way of signing in; only how the person of a session is looked up is ours."""

    def get_user(self, user_id: Any) -> "Person | None":
        """The person, unless they left."""
        person = person_by_id(user_id)
        return person if person and person.is_active else None
