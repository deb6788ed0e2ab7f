"""What was said in an external network of Viva Engage was read by partners, and is private here."""

import pytest

from heard.features.arrivals.formats.records import CommunityRecord, PersonRecord
from tests.features.arrivals.exports import a_zip, of_kind, records_of
from tests.features.arrivals.formats.test_yammer import ANNA, BO, BREAD, CLEO, a_table, said


def two_networks(path, first="900/", second="901/", listed=(900, 901)):
    """Two networks, the second of partners; both have a public group."""
    tables = {
        f"{first}Users.csv": a_table(ANNA, BO),
        f"{first}Groups.csv": a_table(BREAD),
        f"{first}Messages.csv": a_table(said(1, "At home")),
        f"{second}Users.csv": a_table(CLEO),
        f"{second}Groups.csv": a_table({**BREAD, "id": 20}),
        f"{second}Messages.csv": a_table(said(2, "Outside", group=20, by=3), said(3, "To all", group="", by=3)),
        "Networks.csv": a_table(*({"id": key, "name": f"Network {key}"} for key in listed)),
    }
    return a_zip(path / "export.zip", tables)


@pytest.mark.parametrize(("first", "listed"), [("", (900, 901)), ("900/", (900, 901))])
def test_what_was_public_in_an_external_network_is_private_here(tmp_path, first, listed):
    records = records_of(two_networks(tmp_path, first, listed=listed))

    assert [(one.name, one.access) for one in of_kind(CommunityRecord, records)] == [
        ("Bread", "open"),
        ("Bread (Network 901)", "private"),
        ("All Company (Network 901)", "private"),
    ]
    assert {one.name: one.standing for one in of_kind(PersonRecord, records)}["Cleo"] == "guest"


def test_where_it_is_not_sure_which_network_is_home_everything_is_private(tmp_path):
    records = records_of(two_networks(tmp_path, listed=(901, 900)))

    assert {one.access for one in of_kind(CommunityRecord, records)} == {"private"}
