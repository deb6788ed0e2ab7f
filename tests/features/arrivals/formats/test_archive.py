"""A file that somebody hands in is looked at before anything in it is read."""

import io
import pickle
import random
import struct
import tarfile
import zipfile

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe, NotAnArchive
from heard.features.arrivals.formats import safety
from heard.features.arrivals.formats.archive import Archive
from tests.features.arrivals.exports import a_zip


@pytest.mark.parametrize("name", ["../users.json", "a/../../b.json", "/etc/passwd", "..\\up.json", "C:\\x.json"])
def test_a_path_that_leads_out_of_its_folder_is_refused(tmp_path, name):
    path = a_zip(tmp_path / "climbs.zip", {"users.json": [], name: "x"})

    with pytest.raises(ArchiveIsUnsafe, match="leads out of its folder"):
        Archive(path)


def test_a_symbolic_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("users.json")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as made:
        made.writestr(link, "/etc/passwd")

    with pytest.raises(ArchiveIsUnsafe):
        Archive(tmp_path / "link.zip")


def test_what_swells_beyond_reason_is_refused_before_it_is_unpacked(tmp_path):
    path = a_zip(tmp_path / "bomb.zip", {"users.json": b"0" * 20_000_000})

    with pytest.raises(ArchiveIsUnsafe, match="swells beyond reason"):
        Archive(path)


def test_a_total_beyond_reason_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(safety, "MOST_BYTES", 10)

    with pytest.raises(ArchiveIsUnsafe, match="64 GB"):
        Archive(a_zip(tmp_path / "large.zip", {"users.json": "x" * 20}))


def test_endless_entries_are_refused_before_their_list_is_read(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("users.json", "[]")
    raw = bytearray(content.getvalue())
    at = raw.rfind(b"PK\x05\x06")
    raw[at + 12 : at + 16] = struct.pack("<L", safety.MOST_DIRECTORY + 1)
    (tmp_path / "many.zip").write_bytes(bytes(raw))

    with pytest.raises(ArchiveIsUnsafe, match="more than 250,000 files"):
        Archive(tmp_path / "many.zip")


def test_half_a_zip_is_refused_in_one_sentence(tmp_path):
    path = a_zip(tmp_path / "half.zip", {"users.json": ["x" * 50_000]})
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(ArchiveIsDamaged, match="Please export it again"):
        Archive(path)


def test_a_member_that_changed_on_the_way_is_named(tmp_path):
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("users.json", '["anna anna anna"]')
    path.write_bytes(path.read_bytes().replace(b"anna anna", b"anna otto"))

    with Archive(path) as archive, pytest.raises(ArchiveIsDamaged, match="users.json"):
        list(archive.chunks("users.json"))


def test_an_empty_file_and_an_empty_zip_are_refused(tmp_path):
    (tmp_path / "empty.zip").write_bytes(b"")
    with pytest.raises(ArchiveIsDamaged, match="it is empty"):
        Archive(tmp_path / "empty.zip")
    with pytest.raises(NotAnArchive, match="an empty archive"):
        Archive(a_zip(tmp_path / "nothing.zip", {}))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ArchiveIsDamaged):
        Archive(tmp_path / "nowhere.zip")


def test_folders_that_hold_everything_are_left_out_of_names_and_litter_with_them(tmp_path):
    path = a_zip(
        tmp_path / "wrapped.zip",
        {
            "My export/team/users.json": [],
            "My export/team/general/2020-01-01.json": [],
            "My export/team/.DS_Store": "x",
            "__MACOSX/My export/._users.json": "x",
        },
    )

    with Archive(path) as archive:
        assert archive.names == ["general/2020-01-01.json", "users.json"]
        assert "users.json" in archive


def test_a_single_file_is_its_own_member(tmp_path):
    (tmp_path / "staff.csv").write_text("name,email\n")

    with Archive(tmp_path / "staff.csv", "Staff of May.csv") as archive:
        assert archive.names == ["Staff of May.csv"]
        assert archive.head("Staff of May.csv") == "name,email\n"


def test_another_process_reads_what_one_has_unpacked_and_leaves_it(tmp_path):
    path = tmp_path / "talk.tar.gz"
    with tarfile.open(path, "w:gz") as made:
        for name in ("a.json", "b/c.json"):
            info = tarfile.TarInfo(f"talk/{name}")
            info.size = 2
            made.addfile(info, io.BytesIO(b"[]"))
    with Archive(path, scratch=tmp_path) as archive:
        archive.mapping = {"a": "b"}
        other = pickle.loads(pickle.dumps(archive))
        assert (other.names, other.mapping) == (archive.names, archive.mapping)
        assert b"".join(other.chunks("b/c.json")) == b"[]"
        other.close()
        assert b"".join(archive.chunks("a.json")) == b"[]"
    assert not list(tmp_path.glob("unpacked-*"))


@pytest.mark.parametrize("name", ["../out.json", "/etc/out.json"])
def test_a_tar_that_leads_out_of_its_folder_is_refused(tmp_path, name):
    path = tmp_path / "climbs.tar"
    with tarfile.open(path, "w") as made:
        made.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(ArchiveIsUnsafe, match="leads out of its folder"):
        Archive(path, scratch=tmp_path)
    assert not list(tmp_path.glob("unpacked-*"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_tar_with_links_or_devices_is_refused(tmp_path, kind):
    path = tmp_path / "links.tar"
    info = tarfile.TarInfo("passwd")
    info.type, info.linkname = kind, "/etc/passwd"
    with tarfile.open(path, "w") as made:
        made.addfile(info)
    with pytest.raises(ArchiveIsUnsafe):
        Archive(path, scratch=tmp_path)


def test_a_tar_that_swells_is_refused_before_it_fills_the_disk(tmp_path):
    path = tmp_path / "bomb.tar.xz"
    with tarfile.open(path, "w:xz") as made:
        info = tarfile.TarInfo("zeros.json")
        info.size = 60 * 2**20
        made.addfile(info, io.BytesIO(bytes(info.size)))
    with pytest.raises(ArchiveIsUnsafe, match="swells"):
        Archive(path, scratch=tmp_path)
    assert not list(tmp_path.glob("unpacked-*"))


def test_half_a_tar_is_damaged(tmp_path):
    path = tmp_path / "half.tar.gz"
    with tarfile.open(path, "w:gz") as made:
        info = tarfile.TarInfo("a.json")
        info.size = 200_000
        made.addfile(info, io.BytesIO(random.Random(1).randbytes(info.size)))
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(ArchiveIsDamaged, match="cut off"):
        Archive(path, scratch=tmp_path)


def test_a_member_without_a_name_is_left_out(tmp_path):
    path = tmp_path / "nameless.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in (".", "./", "", "users.json"):
            made.writestr(zipfile.ZipInfo(name), "[]")

    with Archive(path) as archive:
        assert archive.names == ["users.json"]


def test_many_small_members_that_swell_are_refused_too(tmp_path):
    members = {f"{nth}.json": b"0" * (4 * 2**20) for nth in range(20)}

    with pytest.raises(ArchiveIsUnsafe, match="swells beyond reason"):
        Archive(a_zip(tmp_path / "small.zip", members))
