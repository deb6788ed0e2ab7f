"""Addresses from which mail comes back: noted, and written to again once somebody confirms them."""

from django.core import signing
from django.db import transaction
from django.utils import timezone

from heard.foundation.people import errors
from heard.foundation.people.models import Bounce, Person
from heard.foundation.record.actions import happened
from heard.plumbing import mail
from heard.plumbing.limits import refuse_spent, spend
from heard.plumbing.text import storable

SALT = "heard.people.address"
GOOD_FOR = 7 * 86_400
"""Seconds in which an address can be confirmed."""


@transaction.atomic
def note_bounce(address: str, said: str) -> None:
    """Notes that mail to a person's address came back for good, and what the server said; of nobody's, nothing."""
    address = address.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        return
    words = " ".join(storable(said).split())[:300]
    _bounce, is_new = Bounce.objects.update_or_create(
        address=address, defaults={"bounced_at": timezone.now(), "said": words}
    )
    if is_new:
        happened("person.bounced", person, by=None)


@transaction.atomic
def ask_to_confirm_address(*, by: Person, origin: str) -> None:
    """Writes to one's own address, with what confirms it; raises TooOften after three letters an hour."""
    if not by.email:
        raise errors.NeitherAddressNorNumber
    refuse_spent("address", str(by.pk), most=3)
    spend("address", str(by.pk), seconds=3600)
    code = signing.dumps([by.pk, by.email], salt=SALT)
    mail.post("mail/address", to=by.email, name=by.get_short_name(), address=f"{origin}/me/address/{code}/")


@transaction.atomic
def confirm_address(code: str, *, by: Person) -> None:
    """Lets mail go to one's address again; raises CodeIsOver where the code is not for it, or too old."""
    try:
        person_id, address = signing.loads(code, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise errors.CodeIsOver from error
    if (person_id, address) != (by.pk, by.email):
        raise errors.CodeIsOver
    forget_bounce(by)


def forget_bounce(person: Person) -> None:
    """Mail reached a person, so that it may go there."""
    if person.email and Bounce.objects.filter(address=person.email.lower()).delete()[0]:
        happened("person.reached", person, by=person)
