"""Listeners' keys, and which of them hear which group."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from heard.features.ballots.actions import publish
from heard.features.voice.models import Audience, ListenerKey
from heard.features.voice.rules import digest_of, public_in, wrapped_in
from heard.plumbing.ids import drawn_code


@transaction.atomic
def add_listener_key(*, name: str, public: str, wrapped: str) -> str:
    """Keeps a new key under the name that is shown, and enters it in the public log; returns its code.

    Raises KeyIsUnusable for what is no key, or one that is not wrapped under a passphrase.
    """
    point, private = public_in(public), wrapped_in(wrapped)
    code = drawn_code()
    ListenerKey.objects.create(code=code, name=name, public=point, wrapped=private)
    publish("listener", code, digest_of(point, name))
    return code


def rewrap(code: str, *, wrapped: str) -> None:
    """The same key under another passphrase. Raises KeyIsUnusable."""
    ListenerKey.objects.filter(code=code).update(wrapped=wrapped_in(wrapped))


def retire(codes: Sequence[str]) -> None:
    """Nothing new is sealed for these; what was, they open as before."""
    ListenerKey.objects.filter(code__in=codes).update(is_retired=True)


@transaction.atomic
def hear(audiences: Mapping[tuple[str, str], Sequence[str]]) -> None:
    """Which keys hear each (ballot, group); the group without a code is whoever is no member."""
    there = {(one.ballot, one.group): one.listeners for one in Audience.objects.all()}
    for (ballot, group), codes in audiences.items():
        if there.get((ballot, group)) != sorted(codes):
            Audience.objects.update_or_create(group=group, defaults={"ballot": ballot, "listeners": sorted(codes)})
