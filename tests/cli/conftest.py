"""An installation for each test that needs one, on the engine of this run."""

import shutil
from pathlib import Path

import pytest

from tests.installation import Installation, database_url

ANNE = ("--email", "anne@example.org", "--name", "Anne Ashby")
PASSWORD = "a lamp by the river"


@pytest.fixture
def anne() -> tuple[str, ...]:
    """What makes an administrator."""
    return ANNE


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """One that nobody has prepared yet."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    return Installation(folder, DATABASE_URL=database_url(folder), HEARD_ADMIN_PASSWORD=PASSWORD)


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """What `prepared` is copied from."""
    folder = tmp_path_factory.mktemp("prepared")
    first = Installation(folder, DATABASE_URL=database_url(folder), HEARD_ADMIN_PASSWORD=PASSWORD)
    first.says("prepare")
    return first


@pytest.fixture
def prepared(prepared_once: Installation, tmp_path: Path) -> Installation:
    """One whose database is as this version needs it."""
    return copied(prepared_once, tmp_path / "var")


def copied(installation: Installation, folder: Path) -> Installation:
    """The same once more, with a database of its own."""
    shutil.copytree(installation.folder, folder)
    address = database_url(folder, like=installation.environment["DATABASE_URL"])
    return Installation(folder, DATABASE_URL=address, HEARD_ADMIN_PASSWORD=PASSWORD)
