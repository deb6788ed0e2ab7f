"""Files that hold a token: once it has counted, or is replaced, nothing of it is left where it lay."""

import json
from pathlib import Path

import pytest

from heard.cli import token_files
from heard.cli.speak import outcome_of_erasing
from heard.cli.token_files import TokenFile

PREFIX, SIGNATURE = "the-random-start-of-it", "what-the-server-signed"


def a_token(**signed: str) -> TokenFile:
    return TokenFile("https://answers.example", "b" * 32, "g" * 32, "n", {}, {}, [{"prefix": PREFIX, **signed}])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "token.json"
    token_files.write(path, a_token())
    return path


def test_the_version_without_a_signature_is_overwritten_when_the_signed_one_takes_its_place(file, tmp_path):
    (blocks := tmp_path / "blocks").hardlink_to(file)
    length = len(blocks.read_bytes())
    token_files.write(file, a_token(signature=SIGNATURE))
    assert token_files.read(file).tokens == [{"prefix": PREFIX, "signature": SIGNATURE}]
    assert (PREFIX.encode() in blocks.read_bytes(), len(blocks.read_bytes())) == (False, length)
    assert sorted(tmp_path.iterdir()) == [blocks, file]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_token_that_has_counted_is_overwritten_before_it_is_removed(file, tmp_path):
    token_files.write(file, a_token(signature=SIGNATURE))
    (blocks := tmp_path / "blocks").hardlink_to(file)
    assert outcome_of_erasing(file) == "your token is overwritten and gone"
    left = blocks.read_bytes()
    assert (file.exists(), PREFIX.encode() in left, SIGNATURE.encode() in left) == (False, False, False)


def test_a_file_that_cannot_be_removed_is_named(tmp_path):
    said = outcome_of_erasing(tmp_path)
    assert said.startswith(f"{tmp_path} could not be removed")


def test_what_is_no_text_is_no_token(tmp_path):
    (broken := tmp_path / "token.json").write_bytes(b"\xff\xfe")
    with pytest.raises(SystemExit):
        token_files.read_any(broken)
    broken.write_text(json.dumps({"origin": 7}))
    with pytest.raises(SystemExit):
        token_files.read_any(broken)
