"""Organograms of posts become people, whether a post's holder is named or not."""

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import Noted, PersonRecord, Skipped
from tests.features.arrivals.exports import a_zip, of_kind, records_of

SENIOR = (
    "Post Unique Reference,Name,Grade,Job Title,Job/Team Function,Parent Department,Organisation,Unit,Contact Phone,"
    "Contact E-mail,Reports to Senior Post,Salary Cost of Reports (£),,Notes,Valid?\n"
)
JUNIOR = "Parent Department,Organisation,Unit,Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE\n"


def post(number, name, title, boss, email="", unit="Finance", department="Treasury"):
    """One row of senior posts."""
    return f"{number},{name},SCS1,{title},Keeps things,{department},{department},{unit},020 1,{email},{boss},0,,,\n"


def read(tmp_path, senior, junior=""):
    """The records of a zip of both tables."""
    return records_of(a_zip(tmp_path / "o.zip", {"a-senior.csv": SENIOR + senior, "a-junior.csv": JUNIOR + junior}))


def test_posts_report_to_posts_and_units_lie_in_departments(tmp_path):
    records = read(
        tmp_path, post(2, "Bo Ek", "Deputy", 1, "bo@example.org") + post(1, "Ada Lund", "Permanent secretary", "XX")
    )

    bo, ada = of_kind(PersonRecord, records)
    assert (bo.key, bo.manager_key, ada.manager_key) == ("Treasury/2", "Treasury/1", "")
    assert (bo.unit, bo.about, bo.telephone, bo.email) == (
        ("Treasury", "Finance"),
        "Keeps things",
        "020 1",
        "bo@example.org",
    )
    assert bo.staff_number == ""


def test_withheld_names_stand_as_their_posts_and_get_no_address(tmp_path):
    records = read(tmp_path, post(1, "N/D", "Head of audit", "XX", "office@example.org"))

    person = of_kind(PersonRecord, records)[0]
    assert (person.name, person.email) == ("Head of audit", "")
    assert [(one.reason, one.where) for one in of_kind(Noted, records)] == [
        (reasons.NAMED_BY_POST, "a-senior.csv, line 2")
    ]


def test_vacancies_are_skipped_and_whoever_reports_to_one_reports_above_it(tmp_path):
    records = read(
        tmp_path,
        post(1, "Ada", "Head", "XX")
        + post(2, "Vacant", "Deputy", 1)
        + post(3, "N/D", "Not in post", 2)
        + post(4, "Bo", "Clerk", 3),
    )

    assert [(one.reason, one.where) for one in of_kind(Skipped, records)] == [
        (reasons.VACANCY, "a-senior.csv, line 3"),
        (reasons.VACANCY, "a-senior.csv, line 4"),
    ]
    assert of_kind(PersonRecord, records)[1].manager_key == "Treasury/1"


def test_the_same_reference_in_two_departments_is_two_posts(tmp_path):
    records = read(
        tmp_path,
        post(1, "Ada", "Head", "XX")
        + post(1, "Bo", "Head", "XX", department="Justice")
        + post(2, "Ida", "x", 1, department="Justice"),
    )

    assert [one.key for one in of_kind(PersonRecord, records)] == ["Treasury/1", "Justice/1", "Justice/2"]
    assert of_kind(PersonRecord, records)[2].manager_key == "Justice/1"


def test_junior_posts_are_counts_and_no_people(tmp_path):
    records = read(tmp_path, post(1, "Ada", "Head", "XX"), "Treasury,Treasury,Finance,1,AO,Clerk,4.5\n" * 3)

    assert len(of_kind(PersonRecord, records)) == 1
    assert [(one.reason, one.where) for one in of_kind(Skipped, records)] == [
        (reasons.COUNT_OF_POSTS, f"a-junior.csv, line {line}") for line in (2, 3, 4)
    ]
