"""A passphrase that is lost takes its listener's copy with it, and nobody else's; the page says so before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.desk import actions
from heard.features.desk.queries import keys_of
from heard.features.voice.actions import settle
from heard.features.voice.models import Thread
from heard.plumbing.base64url import encode
from heard.plumbing.sealing import new_key, public_bytes
from tests.cast import browser_of
from tests.features.desk.desks import WRAPPED, grant_listening
from tests.features.voice.conversing import Listener

pytestmark = pytest.mark.django_db
BEFORE = "The rota came late."
AFTERWARDS = "And again this week."


def test_the_page_says_that_it_cannot_be_reset_and_what_is_lost(desk):
    page = browser_of(desk.first).get("/desk/key/").text
    assert "what was written to you before stays closed if you do not know the old passphrase any more" in page
    newcomer = desk.company["Sales"][0]
    grant_listening(newcomer)
    actions.name_listener(newcomer, by=desk.administrator)
    page = browser_of(newcomer).get("/desk/key/").text
    assert "Nobody can reset it." in page
    assert "If you lose it, your copy of every conversation is lost; the other listeners keep theirs." in page


def test_with_a_new_key_a_listener_reads_what_comes_after_it_and_the_other_reads_all(desk):
    writer = desk.writer(desk.company["Operations"][0], BEFORE)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        key = new_key()
        actions.keep_key(by=desk.first, public=encode(public_bytes(key)), wrapped=WRAPPED)
        writer.audience.listeners = [Listener(keys_of(desk.first)[0], key), desk.keys[desk.second.pk]]
        assert writer.says(AFTERWARDS).status_code == 204
        settle()
        thread = Thread.objects.get(pk=writer.thread)
        anew, other = (one.reads(thread) for one in writer.audience.listeners)
    assert (anew, other) == ([AFTERWARDS], [BEFORE, AFTERWARDS])
