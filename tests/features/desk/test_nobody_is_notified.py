"""No notice is ever sent to a writer: nothing knows who they are, and nothing that is done at the desk leaves one."""

import json

import pytest
from django.core import mail

from heard.features.voice.actions import settle
from heard.features.voice.actions.speaking import commitment
from tests.cast import browser_of
from tests.features.voice.conversing import written

pytestmark = pytest.mark.django_db
AT_THE_DESK = {"voice_message", "desk_handling"}
TEXT, SALT = "Rotas should come out two weeks before.", bytes(32)


def test_whatever_listeners_do_tells_nobody_and_leaves_no_notice_letter_event_or_task(desk, listening):
    writer = desk.writer(desk.company["Operations"][0], "The new rota came out four days before it started.")
    page = browser_of(desk.first, accept="application/json")

    def does(way, by="listener", **more):
        readers = writer.readers() if by == "listener" else writer.audience.addresses()
        said = {"message": written(writer.thread, by, {"text": TEXT}, readers), **more} if by else {}
        address = f"/desk/{writer.thread}/{way}/"
        return lambda: page.post(address, json.dumps(said), content_type="application/json")

    deeds = {
        "seen": does("seen", by=""),
        "replies": does("replies"),
        "notes": does("notes", by="note"),
        "offer": does("offer", commitment=commitment(TEXT, SALT)),
        "decided": does("state/decided", by=""),
        "done": does("state/done", by=""),
        "hidden": lambda: page.post(f"/desk/{writer.thread}/hiding/", {"because": "abuse"}),
        "shown again": does("hiding/withdrawal", by=""),
    }
    added = {}
    for name, deed in deeds.items():
        status, grown, told, _logged = listening.to(deed)
        assert status < 400, name
        assert ({*grown} - AT_THE_DESK, told) == (set(), []), name
        added |= grown
    assert {*added} == AT_THE_DESK
    settle()
    assert mail.outbox == []
    for person in (desk.company["Operations"][0], desk.second):
        assert "rota" not in browser_of(person).get("/notices/").text
