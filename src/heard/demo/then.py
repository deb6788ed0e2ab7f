"""Living in the past: what the demo company did weeks ago is done by the same actions as today."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """As long as this lasts it is `moment` in this process, and time goes on from there. For one thread alone."""
    real: Callable[[], datetime] = timezone.now
    begun = time.monotonic()
    timezone.now = lambda: moment + timedelta(seconds=time.monotonic() - begun)
    try:
        yield
    finally:
        timezone.now = real
