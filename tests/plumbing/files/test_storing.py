"""Where files lie."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.files import FileIsTooLarge, StorageIsFull, check_size, delete, open_stored, size_limit, store


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.HEARD_FILES = tmp_path / "files"
    return settings.HEARD_FILES


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def read(path: str) -> bytes:
    with open_stored(path) as file:
        return file.read()


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """The system lets no file grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("content", [b"words", BytesIO(b"words"), SimpleUploadedFile("a.txt", b"words")])
def test_what_is_stored_can_be_read_and_deleted(folder, content):
    path = store(content, ".txt")
    assert read(path) == b"words"
    delete(path)
    delete(path)
    assert everything_in(folder) == []
    with pytest.raises(FileNotFoundError):
        open_stored(path)


def test_a_file_is_stored_from_its_beginning(folder):
    file = BytesIO(b"words")
    file.read()
    assert read(store(file)) == b"words"


def test_the_same_content_has_names_of_its_own(folder):
    paths = {store(b"same", ".webp") for _ in range(20)}
    assert len(paths) == 20
    assert all(path[:2] == path[3:5] and path.endswith(".webp") for path in paths)


def test_a_file_that_is_too_large_leaves_nothing(folder):
    with pytest.raises(FileIsTooLarge, match="too large"):
        store(BytesIO(b"x" * 3_000_000), most=2_000_000)
    assert everything_in(folder) == []


def test_the_settings_say_what_is_too_large(folder, settings):
    settings.HEARD_UPLOAD_MB = 1
    assert size_limit() == 1_000_000
    check_size(1_000_000)
    with pytest.raises(FileIsTooLarge, match="at most 1 MB"):
        check_size(1_000_001)
    with pytest.raises(FileIsTooLarge):
        store(b"x" * 1_000_001)


def test_a_full_disk_is_said_in_words_and_leaves_nothing(folder):
    with no_room_beyond(100_000), pytest.raises(StorageIsFull, match="no room left"):
        store(BytesIO(b"x" * 300_000))
    assert everything_in(folder) == []
    assert read(store(b"room again")) == b"room again"


def test_a_sender_who_stops_midway_leaves_nothing(folder):
    class Interrupted(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(10)

    with pytest.raises(ConnectionResetError):
        store(Interrupted(b"x" * 20))
    assert everything_in(folder) == []


@pytest.mark.parametrize("suffix", ["webp", "./../x", ".a/b", ".PNG", ".", ".php\n", "." + "a" * 11, ".\0"])
def test_a_suffix_that_is_more_than_one_is_no_suffix(folder, suffix):
    with pytest.raises(ValueError, match="not the suffix"):
        store(b"x", suffix)


OUTSIDE = [
    "../secret",
    "ab/../../secret",
    "/etc/passwd",
    "",
    ".",
    "ab",
    "ab/" + "a" * 31,
    "ab/" + "a" * 32 + "/x",
    "ab/" + "a" * 32 + ".txt\n",
    "AB/" + "A" * 32,
    "ab\\" + "a" * 32,
    "ab/" + "a" * 32 + ".\0",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_out_of_the_folder(folder, path):
    (folder.parent / "secret").write_text("secret")
    with pytest.raises(FileNotFoundError):
        open_stored(path)
    delete(path)
    assert (folder.parent / "secret").exists()


@given(path=st.text() | st.text("ab/.\\0", max_size=40))
def test_whatever_a_path_says_it_leads_nowhere_else(path):
    with pytest.raises(FileNotFoundError):
        open_stored(path)
