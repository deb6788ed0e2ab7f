"""Who wrote in a Discourse forum: it knows no addresses, so that accounts have to be claimed later."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import Noted, PersonRecord, Standing
from heard.features.arrivals.formats.values import number_in, text_in

_PROGRAMS = ("system", "discobot")


@dataclass(slots=True)
class _Account:
    username: str
    name: str
    standing: Standing
    is_shut_out: bool
    is_staff: bool
    where: str


class People:
    """Accounts by id, or by username where no post gives an id."""

    def __init__(self) -> None:
        self._accounts: dict[str, _Account] = {}
        self._keys: dict[str, str] = {}

    def meet(self, said: dict[str, Any], where: str, *, id_field: str = "user_id") -> None:
        """Notes who wrote a post, or an entry in a list of people."""
        username, number = text_in(said.get("username")), number_in(said.get(id_field))
        if not username and number is None:
            return
        key = f"name:{username.lower()}" if number is None else str(number)
        if username and (number is not None or username.lower() not in self._keys):
            self._keys[username.lower()] = key
        before = self._accounts.get(key)
        name = text_in(said.get("name")) or (before.name if before else "")
        self._accounts[key] = _Account(
            username or (before.username if before else ""),
            name,
            _standing(username, number, said),
            said.get("user_suspended") is True or said.get("suspended") is True,
            bool(said.get("admin") is True or said.get("moderator") is True or (before and before.is_staff)),
            before.where if before else where,
        )

    def records(self) -> Iterator[PersonRecord]:
        """Everybody, once; somebody known only by a username that has an id elsewhere is the same."""
        for key, account in self._accounts.items():
            if not key.startswith("name:") or self._keys.get(account.username.lower()) == key:
                yield PersonRecord(
                    key=key,
                    name=account.name or account.username or _("Somebody (%(key)s)") % {"key": key},
                    handle=account.username,
                    standing=account.standing,
                    left_at=timezone.now() if account.is_shut_out else None,
                    where=account.where,
                )

    def key_of(self, username: str) -> str:
        """The key of whoever has this username, or nothing."""
        return self._keys.get(username.lower(), "")

    def is_staff(self, key: str) -> bool:
        """Whether somebody runs the forum."""
        account = self._accounts.get(key)
        return account is not None and account.is_staff

    def author(self, post: dict[str, Any]) -> tuple[str, list[PersonRecord | Noted]]:
        """Who wrote a post, and the record that must come first where that is nobody."""
        number = number_in(post.get("user_id"))
        key = str(number) if number is not None else self.key_of(text_in(post.get("username")))
        if key:
            return key, []
        if "nobody" in self._accounts:
            return "nobody", []
        name = _("Somebody whose account is gone")
        self._accounts["nobody"] = _Account("", name, "unlisted", False, False, post["where"])
        record = PersonRecord(key="nobody", name=name, standing="unlisted", where=post["where"])
        return "nobody", [record, Noted(reasons.PLACEHOLDER_AUTHOR, post["where"])]


def _standing(username: str, number: int | None, said: dict[str, Any]) -> Standing:
    if username.lower() in _PROGRAMS or (number is not None and number < 0):
        return "program"
    return "guest" if said.get("staged") is True else "staff"
