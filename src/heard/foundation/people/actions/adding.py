"""Adding people and units, and noting that somebody came in."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from heard.foundation.people import errors, rules
from heard.foundation.people.models import Invitation, Person, Unit, Word
from heard.foundation.record.actions import happened
from heard.plumbing.text import one_line
from heard.plumbing.words import handle_from, missing, words_of


def add_person(*, name: str, by: Person | None, **fields: Any) -> Person:
    """A new person, not yet claimed unless `claimed_at` is among `fields`; raises what `refuse_taken` does.

    `by` is nobody where no colleague adds them: the command line, an accepted invitation.
    """
    if by is not None and not rules.may_invite(by):
        raise errors.NotForYou
    fields["email"] = (fields.get("email") or "").strip().lower() or None
    fields["staff_number"] = (fields.get("staff_number") or "").strip() or None
    if not fields["email"] and not fields["staff_number"] and fields.get("claimed_at"):
        raise errors.NeitherAddressNorNumber
    with transaction.atomic():
        refuse_taken(fields)
        handle = fields.pop("handle", "") or handle_from(name, is_taken)
        password = fields.pop("password", None)
        person = Person(name=one_line(name), handle=handle, joined_at=timezone.now(), **fields)
        person.set_password(password) if password else person.set_unusable_password()
        person.save()
        index_words(person)
        happened("person.added", person, by=by)
    return person


def is_taken(handle: str) -> bool:
    """Whether a handle is somebody's, or a word in an address."""
    return handle in rules.RESERVED_HANDLES or Person.objects.filter(handle=handle).exists()


def refuse_taken(fields: dict[str, Any], person: Person | None = None) -> None:
    """Raises EmailIsTaken or NumberIsTaken if somebody but `person` has what stands in `fields`.

    A number that is another's handle counts as taken, and one with an @ in it raises NumberIsAnAddress: colleagues
    are called by any of the three.
    """
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    if fields.get("email") and others.filter(email=fields["email"]).exists():
        raise errors.EmailIsTaken
    number = fields.get("staff_number") or ""
    if "@" in number:
        raise errors.NumberIsAnAddress
    if number and others.filter(Q(staff_number__iexact=number) | Q(handle=number.lower())).exists():
        raise errors.NumberIsTaken


def words_for(person: Person) -> set[str]:
    """The words by which `person` is found."""
    unit = person.unit.name if person.unit_id and person.unit else ""
    return words_of(
        person.name,
        person.handle,
        person.title,
        person.place,
        unit,
        *map(str, person.skills),
        *map(str, person.languages),
    )


def index_words(person: Person) -> None:
    """Brings the words by which `person` is found up to date."""
    there = person.words.values_list("word", flat=True)
    added, gone = missing(words_for(person), there)
    if gone:
        person.words.filter(word__in=gone).delete()
    Word.objects.bulk_create(Word(person=person, word=word) for word in sorted(added))


@transaction.atomic
def claim_account(person: Person) -> None:
    """Notes that a person came in for the first time, which ends their invitations; later times change nothing."""
    if Person.objects.filter(pk=person.pk, claimed_at=None).update(claimed_at=timezone.now()):
        end_invitations(person)
        happened("person.claimed", person, by=person)


def end_invitations(person: Person) -> None:
    """Makes every open invitation of `person` useless."""
    waiting = Invitation.objects.filter(person=person, accepted_at=None, withdrawn_at=None)
    waiting.update(withdrawn_at=timezone.now())


@transaction.atomic
def add_unit(name: str, *, parent: Unit | None = None, reference: str = "") -> Unit:
    """A unit below `parent`, with its path."""
    unit = Unit.objects.create(name=name[:200], parent=parent, reference=reference[:200])
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit
