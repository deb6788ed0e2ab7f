"""A tar archive cannot fill the memory, nor the disk, by what stands before its files."""

import io
import lzma
import shutil
import tarfile
import tracemalloc

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe, DiskIsTooFull
from heard.features.arrivals.formats.archive import Archive

END = bytes(2 * tarfile.BLOCKSIZE)


def header(kind: bytes, size: int, name: str = "././@PaxHeader") -> bytes:
    made = tarfile.TarInfo(name)
    made.type, made.size = kind, size
    return made.tobuf(tarfile.USTAR_FORMAT)


def a_file(name: str = "a.json", content: bytes = b"[]") -> bytes:
    return header(tarfile.REGTYPE, len(content), name) + content + bytes(-len(content) % tarfile.BLOCKSIZE)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
@pytest.mark.parametrize("before", [b"", a_file()])
def test_a_header_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path, kind, before):
    size = 24 * 2**20
    path = tmp_path / "headers.tar.xz"
    with lzma.open(path, "wb", preset=0) as made:
        made.write(before + header(kind, size))
        for _megabyte in range(size >> 20):
            made.write(bytes(1 << 20))
        made.write(a_file("b.json") + END)

    tracemalloc.start()
    try:
        with pytest.raises(ArchiveIsUnsafe, match="swells beyond reason"):
            Archive(path, scratch=tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()
    assert not list(tmp_path.glob("unpacked-*"))


def test_thousands_of_headers_before_one_file_are_refused(tmp_path):
    note = b"30 comment=%s\n" % (b"x" * 18)
    one = header(tarfile.XHDTYPE, len(note)) + note + bytes(tarfile.BLOCKSIZE - len(note))
    (tmp_path / "chain.tar").write_bytes(a_file() + one * 5_000 + a_file("b.json") + END)

    with pytest.raises((ArchiveIsUnsafe, ArchiveIsDamaged)):
        Archive(tmp_path / "chain.tar", scratch=tmp_path)


def test_a_file_with_holes_is_refused(tmp_path):
    (tmp_path / "holes.tar").write_bytes(header(tarfile.GNUTYPE_SPARSE, 0, "a.json") + END)

    with pytest.raises(ArchiveIsUnsafe):
        Archive(tmp_path / "holes.tar", scratch=tmp_path)


def test_long_names_and_what_programs_note_of_a_file_are_read(tmp_path):
    long = "/".join(["a folder of a hundred signs".ljust(100, "x")] * 30) + "/a.json"
    for shape in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        path = tmp_path / f"long{shape}.tar.bz2"
        with tarfile.open(path, "w:bz2", format=shape) as made:
            for name in (long, "b.json"):
                info = tarfile.TarInfo(name)
                info.size = 2
                if shape == tarfile.PAX_FORMAT:
                    info.pax_headers = {"SCHILY.xattr.user.note": "x" * 65_000}
                made.addfile(info, io.BytesIO(b"[]"))
        with Archive(path, scratch=tmp_path) as archive:
            assert archive.names == sorted([long, "b.json"])
            assert b"".join(archive.chunks(long)) == b"[]"


def test_a_name_that_is_no_text_is_written_as_text(tmp_path):
    path = tmp_path / "names.tar"
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT, encoding="latin-1") as made:
        for name in ("é.json", "ü.json"):
            info = tarfile.TarInfo(name)
            info.size = 2
            made.addfile(info, io.BytesIO(b"[]"))

    with Archive(path, scratch=tmp_path) as archive:
        assert archive.names == ["\\xe9.json", "\\xfc.json"]
        "".join(archive.names).encode()


def test_what_would_fill_the_disk_is_refused_while_there_is_room_for_the_database(tmp_path, monkeypatch):
    (tmp_path / "large.tar").write_bytes(a_file() + a_file("b.json", b"0" * 2_000_000) + END)
    used = shutil.disk_usage(tmp_path)._replace(free=201_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: used)

    with pytest.raises(DiskIsTooFull, match="needs about 202 MB on the disk, and 201 MB are free"):
        Archive(tmp_path / "large.tar", scratch=tmp_path)
    assert not list(tmp_path.glob("unpacked-*"))
