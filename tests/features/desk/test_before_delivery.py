"""Nothing that a listener can ask for changes while a writer comes and says more, before the clock hands it over."""

from datetime import UTC, datetime, time, timedelta

import time_machine
from django.test import Client

from heard.features.voice.actions import settle
from heard.features.voice.models import Thread
from tests.cast import browser_of
from tests.features.voice.conversing import answered

FOR_ALL = ("/voice/opened.json", "/voice/listeners.json")


def test_a_listener_who_looks_each_minute_sees_nothing_of_when_the_writer_wrote(desk):
    writer = desk.writer(desk.company["Operations"][0], "The rota came late.")
    answered(writer, "You are right.")
    settle()
    addresses = ("/desk/", "/listening/", f"/desk/{writer.thread}/", f"/desk/{writer.thread}/letters.json")

    def seen():
        page = browser_of(desk.first)
        own = {one: page.get(one).content for one in addresses}
        return own | {one: Client().get(one).content for one in FOR_ALL}

    later = Thread.objects.get().week + timedelta(weeks=3, days=2)
    with time_machine.travel(datetime.combine(later, time(12), UTC), tick=False):
        before = seen()
        assert len(writer.words()) == 2
        assert writer.says("It came late again.").status_code == 204
        assert seen() == before
        settle()
        after = seen()
    assert {one for one in before if before[one] != after[one]} == {*addresses}
