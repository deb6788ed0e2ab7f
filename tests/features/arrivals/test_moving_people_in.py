"""Tables of people become people in units, with their managers, matched by address alone."""

import pytest

from heard.features.arrivals import actions
from heard.features.arrivals.formats import reasons
from heard.foundation.people.models import Person, Unit
from tests.cast import a_person

pytestmark = pytest.mark.django_db
TABLE = """id,name,email,title,division,department,manager,start date
7,Joana Ribeiro,joana@example.org,Baker,Food,Bakery,3,2019-04-01
3,Max Noll,max@example.org,Head of bread,Food,Bakery,1,
1,Ines Sá,ines@example.org,Managing director,,,,
"""


def bring_in(tmp_path, content):
    """Brings a table in; the tally as a script is told it."""
    path = tmp_path / "staff.csv"
    path.write_text(content, encoding="utf-8")
    return actions.answer(actions.bring_in_file(path, "people").tally)


def test_people_units_and_managers_come(tmp_path):
    told = bring_in(tmp_path, TABLE)

    joana, max_, ines = (Person.objects.get(staff_number=number) for number in ("7", "3", "1"))
    assert told["people"] == 3
    assert (joana.manager, max_.manager, ines.manager) == (max_, ines, None)
    assert (joana.unit.name, joana.unit.parent.name, joana.unit.path) == (
        "Bakery",
        "Food",
        f"/{joana.unit.parent_id}/{joana.unit_id}/",
    )
    assert (joana.title, joana.started_on.isoformat(), joana.claimed_at) == ("Baker", "2019-04-01", None)
    assert Unit.objects.count() == 2


def test_a_second_time_adds_nothing(tmp_path):
    bring_in(tmp_path, TABLE)

    told = bring_in(tmp_path, TABLE)

    assert (told["people"], told["skipped"]) == (0, {reasons.ALREADY_HERE: 3})
    assert (Person.objects.count(), Unit.objects.count()) == (3, 2)


def test_accounts_gain_what_they_lack_and_keep_what_they_have(tmp_path):
    account = a_person("J. R.", email="joana@example.org", title="Master baker")

    bring_in(tmp_path, TABLE)

    account.refresh_from_db()
    assert (account.name, account.title, account.unit.name) == ("J. R.", "Master baker", "Bakery")
    assert account.manager.name == "Max Noll"


def test_a_manager_may_be_somebody_who_was_here_before(tmp_path):
    boss = a_person("Olga Boss", email="olga@example.org")

    told = bring_in(
        tmp_path, "name,email,manager\nBo,bo@example.org,olga@example.org\nIda,ida@example.org,nobody@example.org\n"
    )

    assert Person.objects.get(name="Bo").manager == boss
    assert told["noted"] == {reasons.UNKNOWN_MANAGER: 1}


def test_no_circle_is_closed_through_somebody_who_was_here_before(tmp_path):
    boss = a_person("Olga Boss", email="olga@example.org")
    boss.manager = a_person("Bo", email="bo@example.org")
    boss.save()

    told = bring_in(tmp_path, "name,email,manager\nBo,bo@example.org,olga@example.org\n")

    assert Person.objects.get(name="Bo").manager is None
    assert told["noted"][reasons.CYCLE] == 1


def test_a_staff_number_that_somebody_has_is_not_given_twice(tmp_path):
    a_person("Somebody Else", email="else@example.org", staff_number="7")

    told = bring_in(tmp_path, TABLE)

    assert Person.objects.get(email="joana@example.org").staff_number is None
    assert told["noted"] == {reasons.NUMBER_TAKEN: 1}
    assert told["people"] == 3


def test_people_with_one_name_have_handles_of_their_own(tmp_path):
    bring_in(tmp_path, "name,email\nBo Ek,a@example.org\nBo Ek,b@example.org\n")

    assert sorted(Person.objects.values_list("handle", flat=True)) == ["bo.ek", "bo.ek2"]


def test_another_table_that_counts_from_one_is_about_other_people(tmp_path):
    bring_in(tmp_path, "id,name,email,manager\n1,Ines,ines@example.org,\n2,Max,max@example.org,1\n")
    second = "id,name,email,manager\n1,Olga,olga@example.org,\n2,Bo,bo@example.org,1\n"

    told = bring_in(tmp_path, second)

    assert told["people"] == 2
    assert Person.objects.get(name="Bo").manager.name == "Olga"
    assert Person.objects.get(name="Olga").staff_number is None
    assert bring_in(tmp_path, second)["people"] == 0


def test_somebody_who_changed_their_name_here_does_not_come_again(tmp_path):
    bring_in(tmp_path, "id,name\n1,Ines Sá\n")
    Person.objects.update(name="Ines Costa")

    assert bring_in(tmp_path, "id,name\n1,Ines Sá\n")["people"] == 0
