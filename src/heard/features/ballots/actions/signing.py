"""Signing what cannot be seen. Whose it is, the caller has made sure of."""

from heard.features.ballots.actions.sealing_keys import unsealed
from heard.features.ballots.errors import BallotIsClosed, KeyStaysClosed
from heard.features.ballots.models import Key
from heard.plumbing.blind import blind_sign


def sign(ballot: str, group: str, blinded: bytes) -> bytes:
    """The blind signature under the group's key; the same for the same message, always.

    Raises BallotIsClosed once the key is gone, KeyStaysClosed where it cannot be opened, Key.DoesNotExist for no such
    group, and BlindedMessageIsUnusable.
    """
    box = bytes(Key.objects.values_list("sealed", flat=True).get(ballot_id=ballot, group=group))
    if not box:
        raise BallotIsClosed
    return blind_sign(unsealed(box, group), blinded)


def keys_that_stay_closed() -> int:
    """How many keys were sealed under another HEARD_BALLOT_KEY, among those that are still needed."""
    count = 0
    for box, group in Key.objects.exclude(sealed=b"").values_list("sealed", "group"):
        try:
            unsealed(bytes(box), group)
        except KeyStaysClosed:
            count += 1
    return count
