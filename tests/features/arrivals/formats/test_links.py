"""An address comes without what lets anybody who reads it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.features.arrivals.formats.from_html import Html
from heard.features.arrivals.formats.links import scrubbed, without_secrets

SECRET = "s3cr3t-0123456789"
NAMES = (
    "token", "private_token", "api_token", "x-token", "privateToken", "jwt", "auth", "key", "apikey", "api-key",
    "sig", "X-Amz-Signature", "X-Amz-Credential", "AWSAccessKeyId", "client_secret", "password", "passwd",
    "pwd", "session_id", "sid", "code_verifier", "tempauth", "skypetoken", "%74oken",
)  # fmt: skip


@pytest.mark.parametrize(
    ("address", "left"),
    [
        (f"https://hooks.slack.com/services/T0/B0/{SECRET}", ""),
        (f"https://discord.com/api/webhooks/1/{SECRET}", ""),
        (f"https://canary.discord.com/api/v10/webhooks/1/{SECRET}", ""),
        (f"https://api.telegram.org/bot1:{SECRET}/getMe", ""),
        (f"https://{SECRET}@github.com/x.git", "https://github.com/x.git"),
        (f"https://anna:{SECRET}@example.org/x?a=1", "https://example.org/x?a=1"),
        (f"https://example.org/#access_token={SECRET}", "https://example.org/"),
        (f"https://example.org/#/home?jwt={SECRET}&page=2", "https://example.org/#/home?page=2"),
        *((f"https://example.org/x?page=2&{name}={SECRET}", "https://example.org/x?page=2") for name in NAMES),
        (f"https://anna:{SECRET}@[example.org/x?token={SECRET}", "https://[example.org/x"),
    ],
)
def test_what_opens_a_door_is_taken_out(address, left):
    assert without_secrets(address) == left
    assert SECRET not in scrubbed(f"Look, `{address}` and ({address})")
    assert SECRET not in Html().markdown(f'<p><a href="{address}">{address}</a> <code>{address}</code></p>')


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/search?q=token&author=anna&authuser=0&keyword=key&monkey=1&design=2",
        "https://example.org/a%20b?x=%C3%A4&y=a+b#part-2",
        "https://example.org/questions/1#comment=5",
        "https://example.org/@anna/token/key",
        "http://[image.png]%28/a.png%29example.org/x.py#L15",
        "mailto:anna@example.org",
        "https://team.slack.com/archives/C0GENERAL/p1577836801000100?thread_ts=1577836801.0001&cid=C0GENERAL",
    ],
)
def test_what_is_no_secret_stays_to_the_letter(address):
    assert without_secrets(address) == address
    assert scrubbed(address) == address


def test_of_what_is_no_address_nothing_is_left_before_the_last_at():
    assert without_secrets(f"https://[anna@ {SECRET}@") == "https://"


@given(st.text(alphabet="htps:/@.?#&=%[]tokenky 1é", max_size=60))
def test_nothing_more_is_taken_out_the_second_time(rest):
    once = without_secrets(f"https://{rest}")

    assert without_secrets(once) == once
