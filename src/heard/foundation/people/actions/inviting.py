"""Letting colleagues in: invitations are made, mailed or printed, withdrawn, accepted."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from heard.foundation.people import errors, rules
from heard.foundation.people.actions.adding import add_person, refuse_taken
from heard.foundation.people.models import Invitation, Person
from heard.foundation.people.queries import code_hash, invitation_by_code
from heard.foundation.record.actions import happened
from heard.plumbing import mail

INVITATION_DAYS = 30
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@transaction.atomic
def invite(*, by: Person, person: Person | None = None, **fields: Any) -> tuple[Invitation, str]:
    """An invitation and its code, which is shown or mailed once and never stored; `person` is who waits for it.

    An account that waits with the same address or staff number is found by itself, and an earlier invitation of the
    same colleague ends. Raises EmailIsTaken or NumberIsTaken, or IsHereAlready for a `person` who came in.
    """
    fields["email"] = (fields.get("email") or "").strip().lower()
    person = person or waiting_account(fields)
    refuse_invitation(by, person, fields)
    withdraw_earlier(person, fields["email"])
    code = fresh_code()
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
def invite_by_mail(*, by: Person, origin: str, person: Person | None = None, **fields: Any) -> Invitation:
    """An invitation whose code goes out by mail with the commit; `origin` is where Heard is, as `https://heard.org`."""
    invitation, code = invite(by=by, person=person, **fields)
    mail.post(
        "mail/invitation",
        to=invitation.email,
        by=by,
        name=invitation.name,
        code=code,
        address=f"{origin}/join/{code}/",
        expires_at=invitation.expires_at,
    )
    return invitation


def fresh_code() -> str:
    """Four groups of four letters and digits that nobody mistakes for one another."""
    raw = "".join(secrets.choice(ALPHABET) for _letter in range(16))
    return "-".join(raw[start : start + 4] for start in range(0, 16, 4))


def waiting_account(fields: dict[str, Any]) -> Person | None:
    """The unclaimed account with the address or staff number of an invitation."""
    waiting = Person.objects.filter(claimed_at=None, left_at=None)
    if fields["email"] and (found := waiting.filter(email=fields["email"]).first()):
        return found
    number = (fields.get("staff_number") or "").strip()
    return waiting.filter(staff_number__iexact=number).first() if number else None


def refuse_invitation(by: Person, person: Person | None, fields: dict[str, Any]) -> None:
    """Raises what stands in the way of an invitation."""
    if not rules.may_invite(by) or (person and not rules.may_change_entry(by, person)):
        raise errors.NotForYou
    if person and (person.claimed_at or person.left_at):
        raise errors.IsHereAlready if person.is_active else errors.HasLeft
    refuse_taken(fields, person)


def withdraw_earlier(person: Person | None, email: str) -> None:
    """Only the newest invitation of one colleague counts."""
    same = (Q(person=person) if person else Q(pk=None)) | (Q(email=email) if email else Q(pk=None))
    Invitation.objects.filter(same, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person) -> None:
    """Makes an open invitation useless."""
    if not rules.may_invite(by):
        raise errors.NotForYou
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    ):
        happened("invitation.withdrawn", invitation, by=by)


@transaction.atomic
def accept_invitation(code: str, *, name: str, password: str, email: str = "", staff_number: str = "") -> Person:
    """Makes or claims the account that an invitation is for; raises InvitationIsOver when the code does nothing."""
    invitation = invitation_by_code(code)
    if invitation is None or not take(invitation):
        raise errors.InvitationIsOver
    entry = {
        "email": (invitation.email or email).strip().lower() or None,
        "staff_number": (invitation.staff_number or staff_number).strip() or None,
    }
    if invitation.person is None:
        person = add_person(
            name=name, unit=invitation.unit, password=password, claimed_at=timezone.now(), by=None, **entry
        )
    else:
        person = claim(invitation.person, password, entry)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person)
    happened("invitation.accepted", invitation, by=person)
    return person


def claim(person: Person, password: str, entry: dict[str, str | None]) -> Person:
    """Gives an account that waits its password, and what it lacks to sign in with; raises InvitationIsOver if claimed.

    What stands in the account already is not replaced: it is what the organisation knows.
    """
    if person.claimed_at or not person.is_active:
        raise errors.InvitationIsOver
    entry = {"email": person.email or entry["email"], "staff_number": person.staff_number or entry["staff_number"]}
    refuse_taken(entry, person)
    if not any(entry.values()):
        raise errors.NeitherAddressNorNumber
    person.email, person.staff_number = entry["email"], entry["staff_number"]
    person.claimed_at = timezone.now()
    person.set_password(password)
    person.save(update_fields=["email", "staff_number", "claimed_at", "password"])
    happened("person.claimed", person, by=person)
    return person


def take(invitation: Invitation) -> bool:
    """Uses an invitation up; of two at the same moment only one gets it."""
    return bool(Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=timezone.now()))
