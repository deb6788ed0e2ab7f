"""Push: one line that says who, to each device, through a real service; what is gone is forgotten."""

import json

import pytest

from heard.foundation.conversation.actions import reply_to, start_thread
from heard.foundation.delivery.tasks import push_due
from heard.foundation.notices.actions import see_notices
from heard.foundation.notices.models import Delivery, Device, Notice, Spent, Way
from tests.letters import work_off
from tests.plumbing.outbound.peers import page, peer
from tests.plumbing.test_push import Browser


@pytest.fixture
def browser(cast):
    return Browser()


def device_of(person, browser, url):
    said = browser.subscription(f"{url}/send/1")
    return Device.objects.create(
        person=person, endpoint=said["endpoint"], endpoint_hash=said["endpoint"], public_key=said["p256dh"],
        secret=said["auth"], added_at=person.joined_at,
    )  # fmt: skip


def work_on():
    """The worker, until nothing that is due is left."""
    for _nth in range(3):
        work_off()


def test_a_reply_shows_on_a_device_at_once_and_says_only_who(cast, thread, browser, settings):
    with peer(page(b"", status=201)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        device_of(cast.member, browser, service.url)
        reply_to(thread, by=cast.tender, source="A secret soup")
        work_on()
    ((_method, _path, headers, body),) = service.requests
    notice = Notice.objects.get(person=cast.member)
    assert json.loads(browser.reads(body)) == {
        "title": "Tom Tender replied to you", "url": f"/notices/{notice.pk}/", "tag": f"thread-{thread.pk}",
    }  # fmt: skip
    assert headers["ttl"] == "86400"
    assert Spent.objects.get(way=Way.PUSH).count == 1
    push_due.func()
    assert Delivery.objects.get(way=Way.PUSH).outcome == "sent"


def test_nobody_without_a_device_costs_anything(cast, thread):
    reply_to(thread, by=cast.tender, source="Leek")
    assert not Delivery.objects.filter(way=Way.PUSH).exists()


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_forgotten_quietly(cast, thread, browser, settings, status, caplog):
    with peer(page(b"", status=status)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        device_of(cast.member, browser, service.url)
        reply_to(thread, by=cast.tender, source="Leek")
        work_on()
    assert not Device.objects.exists()
    assert caplog.text == ""


def test_a_service_that_is_busy_is_asked_again_later(cast, thread, browser, settings, later):
    with peer(page(b"", status=503)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        device_of(cast.member, browser, service.url)
        reply_to(thread, by=cast.tender, source="Leek")
        work_on()
        assert len(service.requests) == 1
        for _nth in range(8):
            later(minutes=40)
            work_on()
    assert len(service.requests) == 6
    assert Device.objects.exists()


def test_what_waited_through_the_night_is_one_line(cast, thread, browser, settings, later):
    other = start_thread(community=cast.community, by=cast.member, source="Bread?")
    with peer(page(b"", status=201)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        device_of(cast.member, browser, service.url)
        later(hours=10)
        reply_to(thread, by=cast.tender, source="Leek")
        reply_to(other, by=cast.tender, source="Rye")
        work_on()
        assert service.requests == []
        later(hours=9)
        push_due.func()
        work_on()
    ((_method, _path, _headers, body),) = service.requests
    assert json.loads(browser.reads(body))["title"] == "2 things wait for you"


def test_what_was_seen_in_the_meantime_is_not_shown(cast, thread, browser, settings, later):
    device_of(cast.member, browser, "http://127.0.0.1:9")
    later(hours=10)
    reply_to(thread, by=cast.tender, source="Leek")
    see_notices(cast.member)
    later(hours=9)
    push_due.func()
    assert Delivery.objects.get(way=Way.PUSH).outcome == "needless"


def test_an_endpoint_inside_the_house_is_never_asked(cast, thread, browser, caplog):
    with peer(page(b"", status=201)) as service:
        device_of(cast.member, browser, service.url)
        reply_to(thread, by=cast.tender, source="Leek")
        work_on()
    assert service.requests == []
    assert "refused" in caplog.text


def test_what_was_meant_for_one_is_not_shown_to_who_has_the_browser_next(cast, thread, browser, settings, later):
    with peer(page(b"", status=503)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        device = device_of(cast.member, browser, service.url)
        reply_to(thread, by=cast.tender, source="Leek")
        work_on()
        Device.objects.filter(pk=device.pk).update(person=cast.outsider, silences=0, rests_until=None)
        later(minutes=10)
        work_on()
    assert len(service.requests) == 1
