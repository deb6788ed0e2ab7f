"""The people of a Microsoft Teams tenant, and who wrote a message."""

from typing import Any

from django.utils import timezone

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.records import Noted, PersonRecord, Record, Standing
from heard.features.arrivals.formats.values import dict_in, list_in, text_in

_LONGEST_KEY = 200


def person_of(user: Any, where: str) -> PersonRecord | Noted:
    """The record of an entry of `usersList.json`."""
    key = text_in(user.get("Id")) if isinstance(user, dict) else ""
    if not key or len(key) > _LONGEST_KEY:
        return Noted(reasons.BROKEN_RECORD, where)
    principal, address = text_in(user.get("UserPrincipalName")), text_in(user.get("Mail"))
    is_guest = "#ext#" in principal.casefold() or text_in(user.get("UserType")).casefold() == "guest"
    whole = " ".join(part for name in ("GivenName", "Surname") if (part := text_in(user.get(name))))
    phones = [text_in(one) for one in [*list_in(user.get("BusinessPhones")), user.get("MobilePhone")]]
    standing: Standing = "guest" if is_guest else "staff"
    return PersonRecord(
        key=key,
        name=text_in(user.get("DisplayName")) or whole or principal.partition("@")[0] or key,
        email=(address or ("" if is_guest else principal)).lower(),
        title=text_in(user.get("JobTitle")),
        place=text_in(user.get("OfficeLocation")),
        telephone=next((phone for phone in phones if phone), ""),
        standing=standing,
        left_at=timezone.now() if user.get("AccountEnabled") is False else None,
        where=where,
    )


def author_of(said: Any, people: Acquaintances, where: str) -> tuple[str, list[Record]]:
    """The key of a person or program, and the record that must come first where they are met here."""
    for kind in ("User", "Application"):
        who = dict_in(dict_in(said).get(kind))
        if (key := text_in(who.get("Id"))) and len(key) <= _LONGEST_KEY:
            standing: Standing = "unlisted" if kind == "User" else "program"
            return key, [*people.met(key, where, name=text_in(who.get("DisplayName")), standing=standing)]
    return "", []
