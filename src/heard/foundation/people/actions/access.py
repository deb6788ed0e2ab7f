"""Who may come in, and what they may do: the first administrator, roles, leaving and coming back."""

from django.db import transaction
from django.utils import timezone

from heard.foundation.notices.actions import forget_devices
from heard.foundation.people import errors, rules
from heard.foundation.people.actions.adding import add_person, end_invitations
from heard.foundation.people.models import Grant, Person, Role, Unit, fresh_salt
from heard.foundation.people.queries import somebody_is_here
from heard.foundation.record.actions import happened
from heard.plumbing import realtime


@transaction.atomic
def begin_network(*, name: str, email: str, password: str) -> Person:
    """The first administrator, from the first-run page; works once."""
    if somebody_is_here():
        raise errors.AlreadyBegun
    person = add_person(name=name, email=email, password=password, claimed_at=timezone.now(), by=None)
    grant_role(person, Role.ADMINISTRATOR, by=None)
    return person


@transaction.atomic
def sign_out_everywhere(person: Person) -> None:
    """Ends every session of `person` at once, also this one, closes their streams and shows no notices anywhere."""
    person.session_salt = fresh_salt()
    person.save(update_fields=["session_salt"])
    forget_devices(person.pk)
    realtime.announce_on_commit(f"person:{person.pk}", "signed-out")


@transaction.atomic
def end_access(person: Person, *, by: Person) -> None:
    """Notes that `person` left: their words stay, their access ends with the commit."""
    if not rules.may_end_access(by, person):
        raise errors.NotForYou
    if not person.is_active:
        return
    refuse_last_administrator(person)
    person.left_at = timezone.now()
    person.save(update_fields=["left_at"])
    sign_out_everywhere(person)
    end_invitations(person)
    happened("person.left", person, by=by)


@transaction.atomic
def restore_access(person: Person, *, by: Person) -> None:
    """Lets somebody who left come back, with the roles they had."""
    if not rules.may_end_access(by, person):
        raise errors.NotForYou
    if person.is_active:
        return
    person.left_at = None
    person.save(update_fields=["left_at"])
    happened("person.returned", person, by=by)


def refuse_last_administrator(person: Person) -> None:
    """Raises LastAdministrator if nobody else who is here is one."""
    others = Grant.objects.filter(role=Role.ADMINISTRATOR, person__left_at=None).exclude(person=person)
    if rules.is_administrator(person) and not others.exists():
        raise errors.LastAdministrator


@transaction.atomic
def grant_role(person: Person, role: Role, *, by: Person | None, unit: Unit | None = None) -> None:
    """Gives a role, which only a leader has for a unit; twice changes nothing.

    `by` is nobody only on the command line and the first-run page.
    """
    if by is not None and not rules.may_grant(by):
        raise errors.NotForYou
    _row, is_new = Grant.objects.get_or_create(
        person=person,
        role=role,
        unit=unit if role == Role.LEADER else None,
        defaults={"granted_by": by, "granted_at": timezone.now()},
    )
    if is_new:
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
