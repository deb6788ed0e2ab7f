"""What a file is, is told by what stands in it and never by its name."""

import io
import tarfile

import pytest

from heard.features.arrivals.errors import NotAnArchive, WrongKindOfArchive
from heard.features.arrivals.formats import format_of
from heard.features.arrivals.formats.archive import Archive
from tests.features.arrivals.exports import a_slack, a_zip


def looked_at(path, wanted="any"):
    """The name of the format of a file."""
    with Archive(path) as archive:
        return format_of(archive, wanted).name


def test_a_slack_export_and_tables_of_people_are_known(tmp_path):
    (tmp_path / "staff.bin").write_text("Full name;E-mail\nAnna;anna@example.org\n")

    assert looked_at(a_slack(tmp_path)) == "slack"
    assert looked_at(tmp_path / "staff.bin") == "people"
    posts = "Post Unique Reference,Name,Reports to Senior Post\n1,Anna,XX\n"
    assert looked_at(a_zip(tmp_path / "posts.zip", {"a/posts.csv": posts, "a/note.pdf": "x"})) == "organogram"


def test_the_wrong_kind_is_refused_by_what_it_is(tmp_path):
    with pytest.raises(WrongKindOfArchive, match="looks like a Slack export, not like a table of people"):
        looked_at(a_slack(tmp_path), "people")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"messages-000001.json": "{}", "uploads/a.png": "x"}, "a Zulip export"),
        ({"d/Users.xml": "<users>"}, "one table of a Stack Exchange dump"),
        ({"dump.sql.gz": "x", "uploads/a.png": "x"}, "a Discourse backup"),
        ({"users.edn": "({})", "logs/2018-02-01.txt": "x"}, "a log that a program kept of Slack"),
        ({"data/x.xml": "<slack><team_domain>x</team_domain></slack>"}, "prepared for research"),
        ({"Messages.csv": "id,body\n", "Groups.csv": "id\n"}, "a Viva Engage"),
        ({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}, "an Excel workbook"),
        ({"general/2020-01-01.json": "[]"}, "part of a Slack export"),
    ],
)
def test_what_heard_cannot_bring_in_is_called_by_its_name(tmp_path, members, words):
    with pytest.raises(NotAnArchive) as refused:
        looked_at(a_zip(tmp_path / "what.zip", members))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"\x1f\x8b\x08\x00", "no zip file"),
        (b"7z\xbc\xaf\x27\x1c", "unpack it, and zip what was in it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        (b"a,b,c\n1,2,3\n", "a table without columns that name people"),
        (b"[1]", "JSON of another kind"),
        (b"hello", "no archive that Heard knows"),
    ],
)
def test_single_files_are_called_by_their_names_too(tmp_path, content, words):
    (tmp_path / "what").write_bytes(content)

    with pytest.raises(NotAnArchive) as refused:
        looked_at(tmp_path / "what")
    assert words in str(refused.value)


def test_a_tar_is_told_from_a_zip(tmp_path):
    with tarfile.open(tmp_path / "x.tar.xz", "w:xz") as made:
        made.addfile(tarfile.TarInfo("a"), io.BytesIO())

    with pytest.raises(NotAnArchive, match=r"tar\.xz"):
        looked_at(tmp_path / "x.tar.xz")
