"""A table of people is read however the office wrote it, and every row is there or has its reason and its line."""

from datetime import date

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged, TableIsUnreadable
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.columns import columns_of, field_of
from heard.features.arrivals.formats.dates import day_in
from heard.features.arrivals.formats.records import Noted, PersonRecord, Skipped
from tests.features.arrivals.exports import a_zip, of_kind, records_of


def table(tmp_path, content, encoding="utf-8"):
    """The records of a table."""
    path = tmp_path / "staff.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return records_of(path, "people")


def people_in(records):
    """The people among them, by name."""
    return {person.name: person for person in of_kind(PersonRecord, records)}


def lines(records):
    """Reasons with their places."""
    return [(one.reason, one.where) for one in records if isinstance(one, Skipped | Noted)]


HEADER = (
    "Employee ID,First Name,Last Name,Work Email,Job Title,Division,Department,Team,Manager ID,Location,"
    "Start Date,Skills"
)
FULL = f"""{HEADER}
7,Joana,Ribeiro,Joana.Ribeiro@example.org,Baker,Food,Bakery,Night,3,Porto,2019-04-01,rye; sourdough
3,Max,Noll,max@example.org,Head of bread,Food,Bakery,,1,Porto,01/03/2015,
1,Ines,Sá,ines@example.org,Managing director,,,,,Porto,,
"""


def test_columns_are_known_by_their_names_and_managers_may_come_later(tmp_path):
    people = people_in(table(tmp_path, FULL))

    joana = people["Joana Ribeiro"]
    assert (joana.key, joana.staff_number, joana.email, joana.title) == ("7", "7", "joana.ribeiro@example.org", "Baker")
    assert (joana.unit, joana.place) == (("Food", "Bakery", "Night"), "Porto")
    assert (joana.started_on, joana.skills) == (date(2019, 4, 1), ("rye", "sourdough"))
    assert people["Max Noll"].started_on == date(2015, 3, 1)
    assert [people[name].manager_key for name in ("Joana Ribeiro", "Max Noll", "Ines Sá")] == ["3", "1", ""]


@pytest.mark.parametrize(
    "content",
    [
        "Name;E-Mail;Führungskraft\nJürgen;j@example.org;m@example.org\nMaike;m@example.org;\n".encode("cp1252"),
        "\ufeffName\tE-Mail\tFührungskraft\r\nJürgen\tj@example.org\tm@example.org\r\nMaike\tm@example.org\t\r\n".encode(),
        "sep=|\nName|E-Mail|Führungskraft\nJürgen|j@example.org|m@example.org\nMaike|m@example.org|\n".encode("utf-16"),
        (
            "Liste vom 3. Mai,,\n,,\nName,E-Mail,Führungskraft\nJürgen,j@example.org,m@example.org\n"
            "Maike,m@example.org,\n"
        ).encode(),
    ],
)
def test_any_delimiter_and_encoding_is_read_also_below_a_title(tmp_path, content):
    people = people_in(table(tmp_path, content))

    assert people["Jürgen"].manager_key == "m@example.org"


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Matricule,Nom,Prénom,Courriel,Poste,Responsable", "number last first email title manager"),
        (
            "Personalnummer,Vorname,Nachname,E-Mail-Adresse,Abteilung,Vorgesetzter",
            "number first last email department manager",
        ),
        ("Nombre,Apellidos,Correo electrónico,Puesto,Jefe", "first last email title manager"),
        ("employeeId,displayName,jobTitle,userPrincipalName,officeLocation", "number name title email place"),
        ("Nome,E-mail,Cargo", "name email title"),
        ("NAME,EMAIL (WORK),Manager,Manager Email", "name email manager"),
    ],
)
def test_columns_have_names_in_many_languages(header, fields):
    assert set(columns_of(header.split(","))) == set(fields.split())


def test_a_managers_address_is_better_than_a_managers_name():
    assert columns_of(["Name", "Manager", "Manager Email"])["manager"] == 2
    assert field_of("Favourite colour") == ""


def test_a_manager_may_stand_in_brackets_or_be_somebody_elsewhere(tmp_path):
    records = table(
        tmp_path, "id,name,manager\n1,Ines,ines@elsewhere.org\n2,Max,Ines Sá (1)\n3,Bo,Somebody Else\n4,Ada,N/A\n"
    )

    people = people_in(records)
    assert people["Ines"].manager_email == "ines@elsewhere.org"
    assert people["Max"].manager_key == "1"
    assert (people["Bo"].manager_key, people["Ada"].manager_key) == ("", "")
    assert lines(records) == [(reasons.UNKNOWN_MANAGER, "line 4")]


def test_circles_of_managers_are_broken_once_each(tmp_path):
    records = table(tmp_path, "id,name,manager\n1,A,2\n2,B,3\n3,C,1\n4,D,4\n5,E,1\n")

    people = people_in(records)
    assert [people[name].manager_key for name in "ABCDE"] == ["", "3", "1", "", "1"]
    assert lines(records) == [(reasons.CYCLE, "line 2"), (reasons.CYCLE, "line 5")]


def test_duplicates_shared_addresses_and_job_shares_are_told_apart(tmp_path):
    records = table(
        tmp_path,
        "id,name,email,manager\n"
        "1,Ines,ines@example.org,\n"
        "1,Ines,ines@example.org,\n"
        "2,Max,team@example.org,1\n"
        "3,Bo,team@example.org,1\n"
        "4,Ida,ida@example.org,1\n"
        "4,Ola,ola@example.org,1\n"
        "5,Ines,ines@example.org,\n"
        "6,Eva,none,5\n",
    )

    people = people_in(records)
    assert lines(records) == [
        (reasons.SAME_NUMBER, "line 3"),
        (reasons.SHARED_ADDRESS, "line 4"),
        (reasons.SHARED_ADDRESS, "line 5"),
        (reasons.SAME_PERSON, "line 8"),
    ]
    assert (people["Max"].email, people["Bo"].email) == ("", "")
    assert people["Ida"].key != people["Ola"].key
    assert people["Eva"].manager_key == "1"


def test_vacancies_and_rows_without_anybody_stay_behind_with_their_lines(tmp_path):
    records = table(
        tmp_path, "id,name,email,manager\n1,Ines,,\n2,Vacant,,1\n3,Bo,,2\n4,,,1\n5,,joana.sa@example.org,1\n"
    )

    assert lines(records) == [
        (reasons.VACANCY, "line 3"),
        (reasons.VACANT_MANAGER, "line 4"),
        (reasons.NOBODY, "line 5"),
    ]
    assert people_in(records)["Bo"].manager_key == "1"
    assert "Joana Sa" in people_in(records)


def test_what_cannot_be_read_in_a_row_is_noted_and_the_rest_comes(tmp_path):
    records = table(
        tmp_path,
        "name,email,start date,end date,status\nBo,bo at home,31.02.2020,,\n"
        "Left,l@example.org,2019-01-01,2020-01-01,\nGone,,,,inactive\n",
    )

    people = people_in(records)
    assert lines(records) == [(reasons.BAD_ADDRESS, "line 2"), (reasons.BAD_DATE, "line 2")]
    assert people["Left"].left_at.date() == date(2020, 1, 1)
    assert people["Gone"].left_at is not None
    assert people["Bo"].left_at is None


def test_broken_signs_are_noted_by_line_and_names_turned_round(tmp_path):
    records = table(tmp_path, 'name,title\n"Sá, Inês",Chef\nBo,"Head of \ufffdthings"\n')

    assert lines(records) == [(reasons.MENDED, "line 3")]
    assert "Inês Sá" in people_in(records)


def test_a_few_broken_bytes_among_good_ones_are_mended(tmp_path):
    records = table(
        tmp_path, "name,title\nInês Sá Gonçalves,Ação é função\nJo\ufffe,x\n".encode().replace(b"\xef\xbf\xbe", b"\xe9")
    )

    assert (reasons.MENDED, "staff.csv") in lines(records)
    assert "Inês Sá Gonçalves" in people_in(records)


def test_a_table_without_names_or_addresses_is_refused(tmp_path):
    with pytest.raises(TableIsUnreadable, match="no column for names"):
        table(tmp_path, "Employee Number,Department\n1,Sales\n")


def test_a_table_that_cannot_be_parted_into_rows_is_refused_with_its_line(tmp_path):
    with pytest.raises(ArchiveIsDamaged, match="line"):
        table(tmp_path, 'name,email\nBo,"' + "x" * 2_000_000)


def test_tables_in_a_zip_are_named_in_places(tmp_path):
    path = a_zip(tmp_path / "x.zip", {"a.csv": "name,title\nBo,x\n", "b.csv": "name,title\nVacant,x\n", "c.csv": "x"})

    assert lines(records_of(path, "people")) == [(reasons.VACANCY, "b.csv, line 2")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-04-03", date(2021, 4, 3)),
        ("2021-04-03T00:00:00Z", date(2021, 4, 3)),
        ("3/4/2021", date(2021, 4, 3)),
        ("04/13/2021", date(2021, 4, 13)),
        ("3. Apr 2021", date(2021, 4, 3)),
        ("April 3, 2021", date(2021, 4, 3)),
        ("44289", date(2021, 4, 3)),
    ],
)
def test_days_are_read_as_offices_write_them(written, day):
    assert day_in(written) == (day, False)


def test_a_day_that_is_none_is_told_from_no_day():
    assert day_in("soon") == (None, True)
    assert day_in("n/a") == (None, False)


def test_a_table_in_another_encoding_is_read_as_it_is_asked_for(tmp_path):
    rows = "".join(f"Zoë Nuñez {nth};z{nth}@example.org\r\n" for nth in range(20_000))
    (tmp_path / "staff.csv").write_bytes(("Name;E-mail\r\n" + rows).encode("cp1252"))

    people = of_kind(PersonRecord, records_of(tmp_path / "staff.csv", "people"))

    assert len(people) == 20_000
    assert (people[-1].name, people[-1].where) == ("Zoë Nuñez 19999", "line 20001")
