"""Bringing the tables of the database to where this version needs them."""

from collections.abc import Callable

from heard.cli.answers import pending_changes


def migrate(say: Callable[[str], None]) -> None:
    """Applies what is not applied yet, and says so; fails in words where the database cannot be reached."""
    from django.core.management import call_command

    if count := len(pending_changes()):
        say(f"Bringing the database up to date: {count} change{'s' if count > 1 else ''}…")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
