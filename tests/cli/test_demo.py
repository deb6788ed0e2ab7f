"""`heard demo` moves the company in once, and refuses where other people are."""

import pytest

from tests.cli.test_serve import serving, setting
from tests.installation import Installation, database_url


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One in which the company lives; moving in takes a while."""
    folder = tmp_path_factory.mktemp("demo")
    installation = Installation(folder, DATABASE_URL=database_url(folder))
    installation.says("demo")
    return installation


def test_the_demo_names_six_roles_and_is_the_same_when_asked_again(moved_in):
    first = moved_in.answers("demo")
    assert first["url"].startswith("http://localhost:")
    assert [one["role"] for one in first["people"]] == [
        "member",
        "tender",
        "leader",
        "listener",
        "steward",
        "administrator",
    ]
    assert len(first["receipt"].replace(" ", "")) == 20
    assert all(one["email"] and len(one["password"]) >= 10 for one in first["people"])
    assert moved_in.answers("demo") == first


@pytest.mark.parametrize(("told", "waits"), [({}, "10"), ({"HEARD_TOKEN_WAIT": "20-30"}, "20-30")])
def test_in_the_demo_a_token_comes_ten_seconds_after_whoever_is_late(moved_in, told, waits):
    with serving(moved_in, "--demo", **told) as served:
        assert setting(served.parts()["web"], "HEARD_TOKEN_WAIT") == waits


def test_the_demo_keeps_out_of_a_database_with_other_people(prepared, anne):
    prepared.says("admin", "create", *anne)
    done = prepared.run("demo")
    assert done.returncode == 1
    assert "--beside" in done.stderr
    assert "Traceback" not in done.stderr
