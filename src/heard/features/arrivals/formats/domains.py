"""Names a place by the domain of its people's addresses, where its export does not say what it is called."""

from collections import Counter
from collections.abc import Iterable


def domain_of(address: str) -> str:
    """What stands after the last `@`, in small letters."""
    name, at, domain = address.strip().lower().rpartition("@")
    return domain if name and at and " " not in domain else ""


def home_domain(addresses: Iterable[str]) -> str:
    """The domain that most of the addresses have, or nothing where there is none."""
    counts = Counter(domain for address in addresses if (domain := domain_of(address)))
    return max(sorted(counts), key=lambda domain: counts[domain], default="")
