"""Every wrong value in the environment is refused in one sentence that says which, and what would do."""

import pytest

from heard.config import env
from heard.config.env import WrongEnvironment


@pytest.mark.parametrize("value", ["eighty", "0", "65535", "-1", "８０", "80 80"])
def test_a_port_is_a_number_in_range(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(WrongEnvironment, match=r"PORT is .+ whole number from 1 to 65534"):
        env.number("PORT", 8000, least=1, most=65534)


def test_what_is_not_set_is_the_default(monkeypatch, tmp_path):
    monkeypatch.delenv("PORT", raising=False)
    assert env.number("PORT", 8000, least=1, most=65534) == 8000
    assert env.flag("SOME_FLAG", default=True) is True
    assert env.database("SOME_DATABASE", tmp_path / "it.sqlite3")["NAME"] == tmp_path / "it.sqlite3"


def test_a_value_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("kept apart\n")
    monkeypatch.setenv("MAIL_PASSWORD_FILE", str(tmp_path / "secret"))
    assert env.text("MAIL_PASSWORD") == "kept apart"


def test_a_value_and_its_file_together_are_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("MAIL_PASSWORD", "one")
    monkeypatch.setenv("MAIL_PASSWORD_FILE", str(tmp_path / "other"))
    with pytest.raises(WrongEnvironment, match="Both MAIL_PASSWORD and MAIL_PASSWORD_FILE are set"):
        env.text("MAIL_PASSWORD")


def test_a_file_that_cannot_be_read_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("MAIL_PASSWORD_FILE", str(tmp_path / "missing"))
    with pytest.raises(WrongEnvironment, match="MAIL_PASSWORD_FILE points at"):
        env.text("MAIL_PASSWORD")


@pytest.mark.parametrize(
    "value", ["mysql://heard@localhost/heard", "heard.sqlite3", "postgresql:///", "sqlite:///", "sqlite://relative"]
)
def test_a_database_address_that_cannot_be_meant_is_refused(monkeypatch, tmp_path, value):
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(WrongEnvironment, match="DATABASE_URL"):
        env.database("DATABASE_URL", tmp_path)


def test_a_refused_database_address_does_not_repeat_its_password(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "mysql://heard:open-sesame@localhost:99999/heard")
    with pytest.raises(WrongEnvironment) as refused:
        env.database("DATABASE_URL", tmp_path)
    assert "open-sesame" not in str(refused.value)


@pytest.mark.parametrize("value", ["localhost:6379", "http://localhost", "redis"])
def test_a_redis_address_names_its_scheme(monkeypatch, value):
    monkeypatch.setenv("REDIS_URL", value)
    with pytest.raises(WrongEnvironment, match="REDIS_URL must begin with"):
        env.redis_url("REDIS_URL")


@pytest.mark.parametrize(
    "value",
    ["heard.example.org", "ftp://heard.example.org", "https://", "https://a.example/heard", "https://me@a.example"],
)
def test_an_origin_has_a_scheme_and_a_host_and_no_path(monkeypatch, value):
    monkeypatch.setenv("HEARD_URL", value)
    with pytest.raises(WrongEnvironment, match="HEARD_URL is .+ must look like"):
        env.origin("HEARD_URL")


def test_an_origin_loses_the_slash_at_its_end(monkeypatch):
    monkeypatch.setenv("HEARD_URL", "https://heard.example.org/")
    assert env.origin("HEARD_URL") == "https://heard.example.org"


@pytest.mark.parametrize("value", ["Lisbon", "Europe/Nowhere", "../etc/passwd", ""])
def test_a_time_zone_is_one_that_is_known(monkeypatch, value):
    monkeypatch.setenv("HEARD_TIME_ZONE", value)
    if not value:
        assert env.time_zone("HEARD_TIME_ZONE", "UTC") == "UTC"
        return
    with pytest.raises(WrongEnvironment, match="which is no time zone"):
        env.time_zone("HEARD_TIME_ZONE", "UTC")


@pytest.mark.parametrize("value", ["127.0.0.1 ", "::1", "heard.internal", "0.0.0.0"])
def test_an_address_to_listen_on_is_taken_as_it_is(monkeypatch, value):
    monkeypatch.setenv("HEARD_BIND", value)
    assert env.address("HEARD_BIND", "127.0.0.1") == value.strip()


def test_an_address_to_listen_on_is_no_url(monkeypatch):
    monkeypatch.setenv("HEARD_BIND", "http://localhost")
    with pytest.raises(WrongEnvironment, match="HEARD_BIND is"):
        env.address("HEARD_BIND", "127.0.0.1")


def test_a_data_folder_that_is_a_file_is_refused(monkeypatch, tmp_path):
    (tmp_path / "var").touch()
    monkeypatch.setenv("HEARD_DATA", str(tmp_path / "var"))
    with pytest.raises(WrongEnvironment, match="HEARD_DATA is .+ not a folder"):
        env.folder("HEARD_DATA", tmp_path)


@pytest.mark.parametrize("value", ["maybe", "2", "oui"])
def test_yes_and_no_are_the_only_answers(monkeypatch, value):
    monkeypatch.setenv("MAIL_TLS", value)
    with pytest.raises(WrongEnvironment, match="say yes or no"):
        env.flag("MAIL_TLS", default=False)


@pytest.mark.parametrize("value", ["nobody", "Heard <heard>", "a@b@c"])
def test_mail_comes_from_an_address(monkeypatch, value):
    monkeypatch.setenv("MAIL_FROM", value)
    with pytest.raises(WrongEnvironment, match="MAIL_FROM is"):
        env.mailbox("MAIL_FROM", "Heard <heard@localhost>")


def test_a_mail_server_is_spoken_to_in_one_way(monkeypatch):
    monkeypatch.setenv("MAIL_TLS", "yes")
    assert env.smtp("mail.example.org")["port"] == 465
    monkeypatch.setenv("MAIL_STARTTLS", "yes")
    with pytest.raises(WrongEnvironment, match="both on"):
        env.smtp("mail.example.org")
