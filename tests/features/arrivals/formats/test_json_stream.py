"""Lists of any length are read one element at a time, and what is broken is named."""

import json

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import json_stream, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements, table_elements
from tests.features.arrivals.exports import a_zip


def read(tmp_path, content, noted=None):
    """The elements of a list in a zip."""
    path = a_zip(tmp_path / "list.zip", {"list.json": content})
    with Archive(path) as archive:
        return list(elements(archive, "list.json", noted))


@pytest.mark.parametrize(
    "content",
    ["[]", " [ ] \n", "[1, 2.5, -3e2]", '[{"a": [1, {"b": "]"}]}, "x", null, true]', "[[],[[]],{}]"],
)
def test_a_list_is_read_whole(tmp_path, content):
    assert read(tmp_path, content) == json.loads(content)


def test_elements_longer_than_a_piece_are_put_together(tmp_path):
    rows = [{"text": "å" * 400_000, "n": n} for n in range(3)] + [123456789]

    assert read(tmp_path, json.dumps(rows, ensure_ascii=False)) == rows


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_of_json_is_read(tmp_path, encoding):
    assert read(tmp_path, '["å", "字"]'.encode(encoding)) == ["å", "字"]


def test_a_broken_encoding_is_mended_and_noted(tmp_path):
    noted = []

    assert read(tmp_path, b'["caf\xe9"]', noted) == ["caf\ufffd"]
    assert [(note.reason, note.where) for note in noted] == [(reasons.MENDED, "list.json")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('[{"a": 1}, {"a"', "ends in the middle"),
        ('["a"', "ends in the middle"),
        ('["a', "ends in the middle"),
        ("[1 2]", "not valid JSON"),
        ("[1, }]", "not valid JSON"),
        ("[1,]", "not valid JSON"),
        ('{"a": 1}', "not a JSON list"),
        ("", "not a JSON list"),
        ("[1] x", "after its end"),
        ("[" * 200_000, "not valid JSON"),
    ],
)
def test_what_is_no_whole_list_is_refused_by_name(tmp_path, content, why):
    with pytest.raises(ArchiveIsDamaged, match=why) as refused:
        read(tmp_path, content)
    assert "list.json" in str(refused.value)


def test_a_record_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(json_stream, "_LONGEST_ELEMENT", 1000)

    with pytest.raises(ArchiveIsDamaged, match="too long"):
        read(tmp_path, json.dumps(["ab" * 600_000]))


def tables_of(tmp_path, text):
    """The wanted lists of an object, `a` and `b`."""
    (tmp_path / "x.json").write_text(text)
    with Archive(tmp_path / "x.json") as archive:
        return list(table_elements(archive, "x.json", ("a", "b")))


def test_the_lists_of_an_object_come_by_name(tmp_path):
    text = '{"skip": [1, {"a": [9]}], "a": [1, {"x": 2}], "n": null, "b": 3, "empty": []} '

    assert tables_of(tmp_path, text) == [("a", 1), ("a", {"x": 2}), ("b", 3)]
    assert tables_of(tmp_path, "{}") == []


@pytest.mark.parametrize("text", ['{"a": [1', '{"a": [1]', '{"a"', '{"a": [1] "b": 2}', "[1]", '{"a": [1], 2: 3}'])
def test_an_object_that_is_cut_off_or_none_is_refused(tmp_path, text):
    with pytest.raises(ArchiveIsDamaged):
        tables_of(tmp_path, text)


def test_a_list_that_is_left_early_lets_go_of_its_file(tmp_path):
    (tmp_path / "x.json").write_text('{"a": [' + "1, " * 500_000 + "1]}")
    with Archive(tmp_path / "x.json") as archive:
        reading = table_elements(archive, "x.json", ("a",))
        next(reading)
        reading.close()

        assert not archive._being_read


def test_a_number_of_thousands_of_digits_is_damage_and_no_fault(tmp_path):
    path = a_zip(tmp_path / "long.zip", {"rows.json": f"[1, {'9' * 5000}]"})
    with Archive(path) as archive, pytest.raises(ArchiveIsDamaged, match="not valid JSON"):
        list(elements(archive, "rows.json"))
