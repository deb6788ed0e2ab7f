"""Two sources that look alike are told apart, and so are two people with one address."""

import json
from datetime import date

import pytest

from heard.features.arrivals import actions
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Place, Run
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import Revision, Thread
from heard.foundation.people.models import Person
from tests.features.arrivals.accounts import bring_in
from tests.features.arrivals.exports import ANNA, BO, a_slack, said

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"


def a_csv(folder, *rows, name="talk.csv"):
    (folder / name).write_text("\n".join(["id,community,author,time,text", *rows]) + "\n")
    return folder / name


def words():
    return sorted(Thread.objects.values_list("author__name", "source"))


def test_a_table_of_another_source_changes_nobodys_words(tmp_path):
    bring_in(a_csv(tmp_path, "1,Bakery,Ann,2020-01-01 10:00,Bread", "2,Bakery,Ann,2020-01-01 11:00,Rye"), "csv")
    other = a_csv(tmp_path, "1,Garage,Zoe,2021-06-01 10:00,Tyres", "2,Garage,Zoe,2021-06-01 11:00,Oil")
    told = bring_in(other, "csv")
    assert words() == [("Ann", "Bread"), ("Ann", "Rye"), ("Zoe", "Oil"), ("Zoe", "Tyres")]
    assert told["threads"] == 2
    assert not Revision.objects.exists()
    assert bring_in(other, "csv")["threads"] == 0
    assert Place.objects.count() == 2


def test_a_number_that_stands_for_something_else_is_told_and_changes_nothing(tmp_path):
    first = ["1,Bakery,Ann,2020-01-01 10:00,Bread", "2,Bakery,Ann,2020-01-01 11:00,Rye"]
    bring_in(a_csv(tmp_path, *first), "csv")
    path = a_csv(tmp_path, *first, "1x,Bakery,Ann,2020-01-02 10:00,New", name="more.csv")
    path.write_text(path.read_text().replace("2,Bakery,Ann,2020-01-01 11:00,Rye", "2,Bakery,Zoe,2020-01-01 11:00,Ha"))
    forecast = actions.read_through(path, "csv")
    assert forecast.here == {"new": 1, "changed": 0, "same": 1}
    assert forecast.tally.noted[reasons.ANOTHER_MESSAGE] == 1
    told = bring_in(path, "csv")
    assert told["skipped"] == {reasons.ALREADY_HERE: 1, reasons.ANOTHER_MESSAGE: 1}
    assert words() == [("Ann", "Bread"), ("Ann", "New"), ("Ann", "Rye")]


def test_a_table_of_the_same_source_still_mends_what_was_edited_there(tmp_path):
    bring_in(a_csv(tmp_path, "1,Bakery,Ann,2020-01-01 10:00:20,Bread"), "csv")
    path = a_csv(tmp_path, '1,Bakery,Ann,2020-01-01 10:00,"Bread, fresh"')
    assert actions.read_through(path, "csv").here == {"new": 0, "changed": 1, "same": 0}
    bring_in(path, "csv")
    assert words() == [("Ann", "Bread, fresh")]


def a_server(folder, name, who, *seconds):
    """A Mattermost server of the same company and with the same private channel as others."""
    channel = {"team": "main", "name": "board", "display_name": "Board", "type": "P"}
    user = {
        "username": who,
        "email": f"{who}@example.org",
        "teams": [{"name": "main", "channels": [{"name": "board"}]}],
    }
    lines = [("team", {"name": "main", "display_name": "Main"}), ("channel", channel), ("user", user)]
    lines += [
        ("post", {"team": "main", "channel": "board", "user": who, "message": f"{who} {nth}",
                  "create_at": 1_577_836_800_000 + nth})
        for nth in seconds
    ]  # fmt: skip
    rows = [{"type": "version", "version": 1}, *({"type": kind, kind: value} for kind, value in lines)]
    (folder / name).write_text("\n".join(map(json.dumps, rows)))
    return folder / name


def test_a_second_server_of_one_company_shares_no_private_channel_with_the_first(tmp_path):
    bring_in(a_server(tmp_path, "one.jsonl", "ann", 1, 2), "mattermost")
    bring_in(a_server(tmp_path, "two.jsonl", "zoe", 3, 4), "mattermost")
    assert [community.memberships.get().person.handle for community in Community.objects.order_by("pk")] == [
        "ann",
        "zoe",
    ]
    told = bring_in(a_server(tmp_path, "one.jsonl", "ann", 1, 2, 5), "mattermost")
    assert (told["communities"], told["threads"]) == (0, 1)
    assert Place.objects.count() == 2


def test_the_rest_of_an_export_of_which_a_part_came_is_of_the_same_place(tmp_path):
    path = a_server(tmp_path, "one.jsonl", "ann", 1, 86_400_000 * 2)
    actions.bring_in_file(path, "mattermost", choices=actions.choices(until=date(2020, 1, 1)))
    actions.bring_in_file(path, "mattermost", choices=actions.choices(since=date(2020, 1, 2)))
    assert (Place.objects.count(), Community.objects.count(), Thread.objects.count()) == (1, 1, 2)


def test_two_people_with_one_address_stay_two_and_that_is_told_before(tmp_path):
    twin = {**BO, "profile": {**BO["profile"], "email": ANNA["profile"]["email"]}}
    path = a_slack(tmp_path, {DAY: [said(1, "Bread"), said(2, "Rye", by="U0BO00002")]}, users=[ANNA, twin])
    forecast = actions.read_through(path)
    assert forecast.tally.noted[reasons.SAME_ADDRESS] == 1
    assert len(forecast.tally.places[reasons.SAME_ADDRESS][0].split("; ")) == 2
    told = bring_in(path)
    assert (told["people"], told["noted"][reasons.SAME_ADDRESS]) == (2, 1)
    assert words() == [("Anna Lind", "Bread"), ("Bo Ek", "Rye")]
    assert list(Person.objects.order_by("name").values_list("email", flat=True)) == ["anna.lind@example.org", None]
    assert bring_in(path)["people"] == 0


def test_one_person_with_two_accounts_there_is_one_here(tmp_path):
    again = {**BO, "real_name": "Anna Lind", "profile": ANNA["profile"]}
    told = bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread")]}, users=[ANNA, again]))
    assert told["people"] == 1
    assert told["noted"][reasons.FOLDED] == 1


def test_a_forecast_says_what_is_here_already(tmp_path):
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread"), said(2, "Rye")]}))
    later = a_slack(tmp_path, {DAY: [said(1, "Bread"), said(2, "Rye!", edited={}), said(3, "More")]})
    assert actions.read_through(later).here == {"new": 1, "changed": 1, "same": 1}
    assert Run.objects.count() == 1
