"""The demo company, built once for all tests of a module that look at it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """The company as of the moment that is given; gone after the module."""
    from heard.demo.build import build_company

    with django_db_blocker.unblock(), transaction.atomic():
        build_company(now=NOW)
        yield NOW
        transaction.set_rollback(True)
