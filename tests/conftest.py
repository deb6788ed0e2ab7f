"""What every test stands on: a folder of its own, one engine, and Redis emptied between tests."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils import timezone
from hypothesis import settings as properties

# A slow machine is not a wrong answer. `make test-long` tries each property thousands of times.
AT_FULL_SIZE = os.environ.get("HEARD_LONG") == "1"
properties.register_profile("small", deadline=None)
properties.register_profile("whole", deadline=None, max_examples=2_000)
properties.load_profile("whole" if AT_FULL_SIZE else "small")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every property is a scenario of many repetitions; what takes longest begins first, and nobody waits for it."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.long)
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("long", "whole")])


def pytest_report_header() -> str:
    """Which database this run is about."""
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return f"engine: {engine}, redis: {'yes' if settings.REDIS_URL else 'no'}"


def pytest_unconfigure() -> None:
    """Removes the folder the settings made, in each process that made one."""
    if settings.configured:
        shutil.rmtree(settings.HEARD_DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def at_full_size() -> bool:
    """Whether scenarios of thousands of repetitions run whole (`make test-long`) or small."""
    return AT_FULL_SIZE


@pytest.fixture(autouse=True)
def _empty_redis() -> Iterator[None]:
    """No test finds what another left in Redis."""
    yield
    if settings.REDIS_URL:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _as_migrated() -> None:
    """Whenever a test has emptied all tables, what migrations had put there is put there again."""
    post_migrate.connect(_filled, dispatch_uid="tests")


def _filled(sender: AppConfig, **_how: object) -> None:
    if sender.label == "search":
        from heard.foundation.search.models import Filling, Source

        kinds = set(Source) - {Source.WHOLE, Source.PLACE}
        if not Filling.objects.exists():
            Filling.objects.bulk_create(Filling(kind=kind, finished_at=timezone.now()) for kind in kinds)


@pytest.fixture
def cast(db: None) -> object:
    """Everybody in `tests.cast`."""
    from tests.cast import a_cast

    return a_cast()
