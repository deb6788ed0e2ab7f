"""Everything that is done about people."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people import errors, rules
from heard.foundation.people.models import Follow, Grant, Invitation, Person, Role, Unit, Word, fresh_salt
from heard.foundation.people.queries import code_hash, invitation_by_code, somebody_is_here
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.words import handle_from, missing, words_of

INVITATION_DAYS = 30
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def add_person(*, name: str, by: Person | None, **fields: Any) -> Person:
    """A new person, not yet claimed unless `claimed_at` is among `fields`; raises EmailIsTaken or NumberIsTaken."""
    fields["email"] = (fields.get("email") or "").strip().lower() or None
    fields["staff_number"] = (fields.get("staff_number") or "").strip() or None
    if not fields["email"] and not fields["staff_number"] and fields.get("claimed_at"):
        raise errors.NeitherAddressNorNumber
    with transaction.atomic():
        refuse_taken(fields)
        handle = fields.pop("handle", "") or handle_from(name, lambda it: Person.objects.filter(handle=it).exists())
        password = fields.pop("password", None)
        person = Person(name=name.strip(), handle=handle, joined_at=timezone.now(), **fields)
        person.set_password(password) if password else person.set_unusable_password()
        person.save()
        index_words(person)
        happened("person.added", person, by=by)
    return person


def refuse_taken(fields: dict[str, Any], person: Person | None = None) -> None:
    """Raises EmailIsTaken or NumberIsTaken if somebody but `person` has what stands in `fields`."""
    others = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    if fields.get("email") and others.filter(email=fields["email"]).exists():
        raise errors.EmailIsTaken
    if fields.get("staff_number") and others.filter(staff_number=fields["staff_number"]).exists():
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
def begin_network(*, name: str, email: str, password: str) -> Person:
    """The first administrator, from the first-run page; works once."""
    if somebody_is_here():
        raise errors.AlreadyBegun
    person = add_person(name=name, email=email, password=password, claimed_at=timezone.now(), by=None)
    grant_role(person, Role.ADMINISTRATOR, by=None)
    return person


@transaction.atomic
def claim_account(person: Person) -> None:
    """Notes that a person came in for the first time; later times change nothing."""
    if Person.objects.filter(pk=person.pk, claimed_at=None).update(claimed_at=timezone.now()):
        happened("person.claimed", person, by=person)


@transaction.atomic
def change_profile(person: Person, *, by: Person, **fields: Any) -> None:
    """Sets what a profile says; `email` and `staff_number` must be free, and a manager not below the person."""
    if not rules.may_change(by, person):
        raise errors.NotForYou
    for name in ("email", "staff_number"):
        if name in fields:
            fields[name] = (fields[name] or "").strip().lower() if name == "email" else (fields[name] or "").strip()
            fields[name] = fields[name] or None
    refuse_taken(fields, person)
    if fields.get("manager"):
        refuse_cycle(person, fields["manager"])
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
    index_words(person)
    happened("person.changed", person, by=by, fields=sorted(fields))


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


@transaction.atomic
def change_picture(person: Person, path: str, *, by: Person) -> str:
    """Sets the picture to the stored file `path` (empty: none); gives the path of the one it replaces."""
    if not rules.may_change(by, person):
        raise errors.NotForYou
    before, person.picture = person.picture, path
    person.save(update_fields=["picture"])
    happened("person.picture", person, by=by)
    return before


def sign_out_everywhere(person: Person) -> None:
    """Ends every session of `person` at once, also this one, and closes their streams."""
    person.session_salt = fresh_salt()
    person.save(update_fields=["session_salt"])
    realtime.announce_on_commit(f"person:{person.pk}", "signed-out")


@transaction.atomic
def end_access(person: Person, *, by: Person) -> None:
    """Notes that `person` left: their words stay, their access ends with the commit."""
    if not rules.is_steward(by):
        raise errors.NotForYou
    refuse_last_administrator(person)
    person.left_at = timezone.now()
    person.save(update_fields=["left_at"])
    sign_out_everywhere(person)
    Invitation.objects.filter(person=person, accepted_at=None).update(withdrawn_at=timezone.now())
    happened("person.left", person, by=by)


@transaction.atomic
def restore_access(person: Person, *, by: Person) -> None:
    """Lets somebody who left come back."""
    if not rules.is_steward(by):
        raise errors.NotForYou
    person.left_at = None
    person.save(update_fields=["left_at"])
    happened("person.returned", person, by=by)


def refuse_last_administrator(person: Person) -> None:
    """Raises LastAdministrator if nobody else who is here is one."""
    others = Grant.objects.filter(role=Role.ADMINISTRATOR, person__left_at=None).exclude(person=person)
    if rules.is_administrator(person) and not others.exists():
        raise errors.LastAdministrator


@transaction.atomic
def follow(person: Person, *, by: Person) -> None:
    """`by` follows `person`, who is told the first time; following twice changes nothing."""
    if person.pk == by.pk:
        raise errors.ThatIsYou
    _row, is_new = Follow.objects.get_or_create(follower=by, followed=person, defaults={"followed_at": timezone.now()})
    if is_new:
        happened("person.followed", person, by=by)
        tell([person.pk], Why.FOLLOW, by, by=by, address=f"/people/{by.handle}/")


@transaction.atomic
def unfollow(person: Person, *, by: Person) -> None:
    """`by` follows `person` no longer."""
    Follow.objects.filter(follower=by, followed=person).delete()


@transaction.atomic
def grant_role(person: Person, role: Role, *, by: Person | None, unit: Unit | None = None) -> None:
    """Gives a role; `by` is nobody only on the command line and the first-run page."""
    if by is not None and not rules.may_grant(by):
        raise errors.NotForYou
    Grant.objects.get_or_create(
        person=person, role=role, unit=unit, defaults={"granted_by": by, "granted_at": timezone.now()}
    )
    summarise_roles(person)
    happened("role.granted", person, by=by, role=role)


@transaction.atomic
def withdraw_role(grant: Grant, *, by: Person) -> None:
    """Takes a role back; the last administrator keeps theirs."""
    if not rules.may_grant(by):
        raise errors.NotForYou
    person, role = grant.person, grant.role
    if role == Role.ADMINISTRATOR:
        refuse_last_administrator(person)
    grant.delete()
    summarise_roles(person)
    happened("role.withdrawn", person, by=by, role=role)


def summarise_roles(person: Person) -> None:
    """Brings `Person.roles` up to date with the grants."""
    person.roles = sorted(set(person.grants.values_list("role", flat=True)))
    person.save(update_fields=["roles"])


@transaction.atomic
def invite(*, by: Person, person: Person | None = None, **fields: Any) -> tuple[Invitation, str]:
    """An invitation and its code, which is shown or mailed once and never stored; `person` is who waits for it."""
    if not rules.may_invite(by):
        raise errors.NotForYou
    fields["email"] = (fields.get("email") or "").strip().lower()
    if person is None:
        refuse_taken(fields)
    raw = "".join(secrets.choice(ALPHABET) for _letter in range(16))
    code = "-".join(raw[start : start + 4] for start in range(0, 16, 4))
    now = timezone.now()
    invitation = Invitation.objects.create(
        code_hash=code_hash(code),
        person=person,
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
        **fields,
    )
    happened("invitation.made", invitation, by=by)
    return invitation, code


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person) -> None:
    """Makes an open invitation useless."""
    if not rules.may_invite(by):
        raise errors.NotForYou
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(withdrawn_at=timezone.now())
    happened("invitation.withdrawn", invitation, by=by)


@transaction.atomic
def accept_invitation(code: str, *, name: str, password: str, email: str = "", staff_number: str = "") -> Person:
    """Makes or claims the account that an invitation is for; raises InvitationIsOver when the code does nothing."""
    invitation = invitation_by_code(code)
    if invitation is None or not take(invitation):
        raise errors.InvitationIsOver
    address = (invitation.email or email).strip().lower() or None
    number = (invitation.staff_number or staff_number).strip() or None
    if invitation.person is not None:
        person = invitation.person
        fields = {"email": person.email or address, "staff_number": person.staff_number or number}
        refuse_taken(fields, person)
        if not any(fields.values()):
            raise errors.NeitherAddressNorNumber
        person.email, person.staff_number = fields["email"], fields["staff_number"]
        person.claimed_at = timezone.now()
        person.set_password(password)
        person.save()
    else:
        person = add_person(
            name=name,
            email=address,
            staff_number=number,
            unit=invitation.unit,
            password=password,
            claimed_at=timezone.now(),
            by=invitation.invited_by,
        )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person)
    happened("invitation.accepted", invitation, by=person)
    return person


def take(invitation: Invitation) -> bool:
    """Uses an invitation up; of two at the same moment only one gets it."""
    return bool(Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=timezone.now()))


@transaction.atomic
def add_unit(name: str, *, parent: Unit | None = None, reference: str = "") -> Unit:
    """A unit below `parent`, with its path."""
    unit = Unit.objects.create(name=name[:200], parent=parent, reference=reference[:200])
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit
