"""Queues work for the worker from below: an action names the task that goes on with it."""

from typing import Any

from django.utils.module_loading import import_string

LONG = "long"
"""The queue of what may take minutes, as moving in does. It has a worker to itself, so that nobody's letter waits."""
OUTSIDE = "outside"
"""The queue of what asks somebody else's server, which may be silent for long. It has a worker to itself as well."""


def later(path: str, *values: Any) -> None:
    """Queues the task at the dotted `path` with plain `values`, in the transaction that causes it.

    Tasks stand above actions and call them; an action that has more to do than a person should wait for names its
    task instead of importing it.
    """
    import_string(path).enqueue(*values)
