"""Changing what a profile says, and following colleagues."""

from typing import Any, BinaryIO

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.notices.queries import was_told
from heard.foundation.people import errors, rules
from heard.foundation.people.actions.adding import index_words, refuse_taken
from heard.foundation.people.models import Follow, Person, Unit
from heard.foundation.record.actions import happened
from heard.plumbing import files, images
from heard.plumbing.text import storable


def change_profile(
    person: Person, *, by: Person, picture: BinaryIO | None = None, without_picture: bool = False, **fields: Any
) -> None:
    """Sets what a profile says; `email` and `staff_number` must be free, and a manager not below the person.

    People set `rules.FIELDS_OF_ONES_OWN` of themselves; what they sign in with and where they stand is for stewards.
    A `picture` takes the place of the one before; raises also what `images.face` and `files.store` refuse. Where
    anything is refused, nothing is changed.
    """
    if not all(rules.may_change_field(by, person, name) for name in fields) or not rules.may_change(by, person):
        raise errors.NotForYou
    made = images.face(picture) if picture else None
    path = files.store(made.content, made.suffix) if made else ""
    try:
        with transaction.atomic():
            set_fields(person, fields, by=by)
            if path or without_picture:
                set_picture(person, path, by=by)
    except BaseException:
        if path:
            files.delete(path)
        raise


def set_fields(person: Person, fields: dict[str, Any], *, by: Person) -> None:
    """The words of a profile, where nothing stands in their way."""
    tidy(fields)
    refuse_taken(fields, person)
    if not (fields.get("email", person.email) or fields.get("staff_number", person.staff_number)) and person.claimed_at:
        raise errors.NeitherAddressNorNumber
    if fields.get("manager"):
        refuse_cycle(person, fields["manager"])
    unit_before = person.unit if {"unit", "unit_id"} & set(fields) else None
    for name, value in fields.items():
        setattr(person, name, storable(value) if isinstance(value, str) else value)
    person.save(update_fields=list(fields))
    if {"unit", "unit_id"} & set(fields):
        note_move(person, unit_before, by=by)
    if "email" in fields:
        EmailAddress.objects.filter(user=person).exclude(email=person.email or "").delete()
    index_words(person)
    happened("person.changed", person, by=by, fields=sorted(fields))


def note_move(person: Person, before: Unit | None, *, by: Person | None) -> None:
    """Records that somebody went to another unit: who counts where must be plain to everybody."""
    if person.unit != before:
        names = {"before": before.name if before else "", "after": person.unit.name if person.unit else ""}
        happened("person.moved", person, by=by, **names)


def tidy(fields: dict[str, Any]) -> None:
    """An address and a number as they are stored: without blanks, and nothing rather than empty."""
    if "email" in fields:
        fields["email"] = (fields["email"] or "").strip().lower() or None
    if "staff_number" in fields:
        fields["staff_number"] = (fields["staff_number"] or "").strip() or None


def refuse_cycle(person: Person, manager: Person) -> None:
    """Raises ManagerIsBelow if `manager` reports, however far down, to `person`."""
    above: Person | None = manager
    for _step in range(50):
        if above is None:
            return
        if above.pk == person.pk:
            raise errors.ManagerIsBelow
        above = above.manager
    raise errors.ManagerIsBelow


def set_picture(person: Person, path: str, *, by: Person) -> None:
    """Sets the picture to the stored file `path` (empty: none); the one before is deleted after the commit."""
    before, person.picture = person.picture, path
    person.save(update_fields=["picture"])
    happened("person.picture", person, by=by)
    if before:
        transaction.on_commit(lambda: files.delete(before))


@transaction.atomic
def follow(person: Person, *, by: Person) -> None:
    """`by` follows `person`, who is told the first time; following twice, or again, tells nothing more."""
    if person.pk == by.pk:
        raise errors.ThatIsYou
    _row, is_new = Follow.objects.get_or_create(follower=by, followed=person, defaults={"followed_at": timezone.now()})
    if is_new:
        happened("person.followed", person, by=by)
        if not was_told(person.pk, Why.FOLLOW, "person", by.pk):
            tell([person.pk], Why.FOLLOW, by, by=by, address=f"/people/{by.handle}/")


@transaction.atomic
def unfollow(person: Person, *, by: Person) -> None:
    """`by` follows `person` no longer."""
    Follow.objects.filter(follower=by, followed=person).delete()
