"""What `heard backup` wrote comes back by `heard restore`: people, files and keys, or nothing at all."""

import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

from heard.cli.archive import NoArchive
from heard.cli.restoring import bring_back
from tests.cli.conftest import ANNE, PASSWORD, copied
from tests.installation import Installation, database_url


@pytest.fixture(scope="module")
def lived_in_once(prepared_once: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One with a person, a file and a key in it, and a backup of that beside it."""
    first = copied(prepared_once, tmp_path_factory.mktemp("lived-in") / "var")
    first.says("admin", "create", *ANNE)
    (first.folder / "files" / "ab").mkdir(parents=True)
    (first.folder / "files" / "ab" / "minutes.pdf").write_bytes(b"%PDF minutes")
    assert first.answers("backup", str(first.folder.parent / "monday.tar"))["files"] == 1
    return first


@pytest.fixture
def lived_in(lived_in_once: Installation, tmp_path: Path) -> Installation:
    """A copy of it."""
    return copied(lived_in_once, tmp_path / "var")


@pytest.fixture
def archive(lived_in_once: Installation, tmp_path: Path) -> Path:
    """Its backup."""
    return Path(shutil.copy(lived_in_once.folder.parent / "monday.tar", tmp_path))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Installation:
    """An empty place on another machine."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    return Installation(folder, DATABASE_URL=database_url(folder), HEARD_ADMIN_PASSWORD=PASSWORD)


def test_everything_is_as_it_was_in_another_place(lived_in, archive, elsewhere):
    assert elsewhere.answers("restore", str(archive))["files"] == 1
    assert (elsewhere.folder / "files" / "ab" / "minutes.pdf").read_bytes() == b"%PDF minutes"
    for key in (lived_in.folder / "keys").iterdir():
        assert (elsewhere.folder / "keys" / key.name).read_text() == key.read_text()
    assert elsewhere.run("admin", "create", *ANNE).returncode == 1, (
        "the address is not taken, so the person is not there"
    )
    assert elsewhere.answers("check")["ok"] is True


def test_only_its_owner_may_read_a_backup(archive):
    assert archive.stat().st_mode & 0o777 == 0o600


def test_a_compressed_backup_comes_back_too(lived_in, elsewhere, tmp_path):
    lived_in.says("backup", str(tmp_path / "monday.tar.gz"))
    assert elsewhere.answers("restore", str(tmp_path / "monday.tar.gz"))["files"] == 1


def test_a_backup_is_not_written_over_another(lived_in, archive):
    before = archive.read_bytes()
    done = lived_in.run("backup", str(archive))
    assert done.returncode == 1
    assert "is there already; --force writes over it" in done.stderr
    assert archive.read_bytes() == before
    lived_in.says("backup", str(archive), "--force")


def test_a_place_that_is_lived_in_is_not_replaced(lived_in, archive):
    done = lived_in.run("restore", str(archive))
    assert done.returncode == 1
    assert "--force moves it aside first" in done.stderr


def test_what_was_there_is_moved_aside_by_force(lived_in, archive):
    (lived_in.folder / "files" / "later.txt").write_text("written after the backup")
    lived_in.says("restore", str(archive), "--force")
    assert not (lived_in.folder / "files" / "later.txt").exists()
    [aside] = lived_in.folder.glob("before-restore-*")
    assert aside.stat().st_mode & 0o077 == 0
    assert (aside / "files" / "later.txt").read_text() == "written after the backup"
    assert lived_in.answers("check")["ok"] is True


def test_a_folder_that_is_served_is_not_restored_into(lived_in, archive):
    import fcntl

    with (lived_in.folder / "serve.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = lived_in.run("restore", str(archive), "--force")
    assert done.returncode == 1
    assert "Heard is already running" in done.stderr


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_a_torn_backup_is_refused_and_nothing_is_touched(archive, share):
    torn = archive.with_name("torn.tar")
    torn.write_bytes(archive.read_bytes()[: int(archive.stat().st_size * share) // 512 * 512])
    refused(torn)


def test_a_backup_without_its_end_is_refused(archive):
    rewritten(archive, lambda name, content: None if name == "end.json" else content)
    refused(archive, "not whole")


def test_a_backup_of_a_newer_heard_is_refused(archive):
    def newer(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        return json.dumps(manifest | {"migrations": [*manifest["migrations"], ["people", "9999_tomorrow"]]}).encode()

    rewritten(archive, newer)
    refused(archive, "newer Heard")


def test_a_backup_of_the_other_engine_is_refused(archive):
    def other(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | {"engine": "oracle"}).encode() if name == "manifest.json" else content

    rewritten(archive, other)
    refused(archive, "comes from oracle")


@pytest.mark.parametrize("name", ["../escaped.txt", "/tmp/escaped.txt", "files/../../escaped.txt", "settings.py"])
def test_a_file_that_leads_elsewhere_is_refused(archive, name):
    with tarfile.open(archive, "a") as tar:
        member = tarfile.TarInfo(name)
        member.size = 2
        tar.addfile(member, io.BytesIO(b"no"))
    refused(archive)
    assert not (settings.HEARD_DATA / "escaped.txt").exists()
    assert not Path("/tmp/escaped.txt").exists()


def test_a_link_in_a_backup_is_refused(archive):
    with tarfile.open(archive, "a") as tar:
        member = tarfile.TarInfo("files/link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    refused(archive, "no backup of Heard")


@pytest.mark.parametrize("content", [b"", b"not a tar at all", b"\x1f\x8b broken gzip"])
def test_what_is_no_backup_is_said_to_be_none(tmp_path, content):
    (tmp_path / "letter.tar").write_bytes(content)
    refused(tmp_path / "letter.tar")


def test_a_file_that_is_not_there_is_said_to_be_missing(elsewhere, tmp_path):
    done = elsewhere.run("restore", str(tmp_path / "nowhere.tar"))
    assert done.returncode == 1
    assert done.stderr == f"heard: There is no file {tmp_path / 'nowhere.tar'}.\n"


def refused(archive: Path, sentence: str = "backup") -> None:
    """Nothing of the archive is taken, and the reason is one line."""
    before = set(settings.HEARD_FILES.rglob("*"))
    with pytest.raises(NoArchive, match=sentence) as refusal:
        bring_back(archive)
    assert "\n" not in str(refusal.value)
    assert set(settings.HEARD_FILES.rglob("*")) == before
    assert not list(settings.HEARD_DATA.glob(".heard-restore-*"))


def rewritten(archive: Path, change) -> None:
    with tarfile.open(archive) as tar:
        members = [(member.name, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(archive, "w") as tar:
        for name, content in members:
            if (changed := change(name, content)) is not None:
                member = tarfile.TarInfo(name)
                member.size = len(changed)
                tar.addfile(member, io.BytesIO(changed))


ANSWERS = """
import json, os, secrets, django
os.environ["DJANGO_SETTINGS_MODULE"] = "heard.config.settings"
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from heard.features.ballots.actions import redeem
from tests.features.ballots.speaking import a_ballot, a_token, new_group
group = new_group()
ballot = a_ballot(group)
for nth in range(24):
    redeem(ballot, a_token(ballot, group).body({"better": f"words {nth:02}!"}))
"""


def test_a_backup_does_not_tell_in_which_order_answers_came(lived_in, tmp_path):
    environment = lived_in.environment | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    subprocess.run([lived_in.command[0], "-c", ANSWERS], env=environment, check=True)
    lived_in.says("backup", str(tmp_path / "tuesday.tar"))
    with tarfile.open(tmp_path / "tuesday.tar") as tar:
        tar.extractall(tmp_path / "there", filter="data")
    (snapshot,) = (tmp_path / "there").glob("database.*")
    content = snapshot.read_bytes()
    if snapshot.suffix == ".dump":
        listed = ["pg_restore", "--data-only", "--table=ballots_answer", "--file=-", str(snapshot)]
        content = subprocess.run(listed, capture_output=True, check=True).stdout
    places = [content.index(f"words {nth:02}!".encode()) for nth in range(24)]
    assert places not in (sorted(places), sorted(places, reverse=True))
    assert [content.count(f"words {nth:02}!".encode()) for nth in range(24)] == [1] * 24
