"""How often something may be tried: counted in the cache, over windows of time."""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class TooOften(Refusal):
    """More tries than a person needs."""

    status = 429
    sentence = _("That was tried too often. Please wait a few minutes, then try again.")


def spend(what: str, who: str, *, seconds: int) -> None:
    """Counts one try of `what` by `who`; the count is forgotten `seconds` after the first."""
    key = f"limit:{what}:{who}"
    if not cache.add(key, 1, timeout=seconds):
        try:
            cache.incr(key)
        except ValueError:  # it ran out in between
            cache.set(key, 1, timeout=seconds)


def is_spent(what: str, who: str, *, most: int) -> bool:
    """Whether `who` has spent `most` tries of `what`."""
    return bool(cache.get(f"limit:{what}:{who}", 0) >= most)


def refuse_spent(what: str, who: str, *, most: int) -> None:
    """Raises TooOften where `who` has spent `most` tries of `what`."""
    if is_spent(what, who, most=most):
        raise TooOften
