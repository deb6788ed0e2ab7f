"""Who listens, and with which key."""

from django.db import transaction
from django.utils import timezone

from heard.features.desk import errors, rules
from heard.features.desk.actions.months import hear_again
from heard.features.desk.models import Held, Listener
from heard.features.desk.queries import keys_of, may_make_key
from heard.features.voice import actions as voice
from heard.features.voice.rules import monday
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.models import Person, Unit
from heard.foundation.record.actions import happened


@transaction.atomic
def name_listener(person: Person, *, by: Person, unit: Unit | None = None) -> None:
    """Names somebody with the role for everybody, or for a unit and what is below it; twice changes nothing."""
    if not rules.may_name_listeners(by):
        raise NotForYou
    if not rules.may_listen(person):
        raise errors.NotAListener
    _row, is_new = Listener.objects.get_or_create(
        person=person, unit=unit, defaults={"named_by": by, "named_at": timezone.now()}
    )
    if is_new:
        happened("listener.named", person, by=by, unit=unit.pk if unit else None)
        hear_again()


@transaction.atomic
def withdraw_listener(listener: Listener, *, by: Person) -> None:
    """Nothing new is written to them for this; what they could read they still can."""
    if not rules.may_name_listeners(by):
        raise NotForYou
    person, unit = listener.person, listener.unit_id
    listener.delete()
    happened("listener.withdrawn", person, by=by, unit=unit)
    hear_again()


@transaction.atomic
def keep_key(*, by: Person, public: str, wrapped: str) -> None:
    """A new key of this listener, in place of the one they had. Raises KeyIsUnusable, and KeyIsNew within a week.

    Nothing of it stands in the record, where it would have its moment.
    """
    if not rules.may_listen(by):
        raise NotForYou
    Person.objects.select_for_update().get(pk=by.pk)
    former, week = keys_of(by), monday(timezone.now().date())
    if not may_make_key(by, week):
        raise errors.KeyIsNew
    code = voice.add_listener_key(name=by.name, public=public, wrapped=wrapped)
    voice.retire(former)
    Held.objects.create(key=code, person=by, place=len(former), week=week)
    hear_again()


def change_passphrase(*, by: Person, wrapped: str) -> None:
    """The key in use under another passphrase. Raises KeyIsMissing, KeyIsUnusable."""
    keys = keys_of(by)
    if not keys:
        raise errors.KeyIsMissing
    voice.rewrap(keys[0], wrapped=wrapped)
