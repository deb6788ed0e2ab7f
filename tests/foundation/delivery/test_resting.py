"""A push service that is silent is left in peace, so that nobody else's pushes wait for it."""

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from heard.foundation.conversation.actions import reply_to
from heard.foundation.delivery.actions import push_to, send_push
from heard.foundation.notices.models import Device
from heard.plumbing.later import OUTSIDE
from tests.foundation.delivery.test_pushing import device_of, work_on
from tests.plumbing.outbound.peers import page, peer
from tests.plumbing.test_push import Browser


@pytest.fixture
def silent(settings):
    """Where nobody answers."""
    settings.HEARD_PUSH_ALLOW = ["127.0.0.1:9"]
    return "http://127.0.0.1:9"


def devices_of(person, url, count):
    for nth in range(count):
        device = device_of(person, Browser(), url)
        Device.objects.filter(pk=device.pk).update(endpoint_hash=str(nth))
    return list(Device.objects.filter(person=person).order_by("pk"))


def time_is_up(later):
    """Later than every rest, also by the clock of a cache that does not know of the one of the tests."""
    later(minutes=61)
    cache.clear()


def test_a_push_waits_in_a_queue_of_its_own(cast, thread):
    device_of(cast.member, Browser(), "https://push.example")
    reply_to(thread, by=cast.tender, source="Leek")
    push_to(cast.member.pk)
    assert DBTaskResult.objects.get(task_path__endswith="send_push").queue_name == OUTSIDE


def test_a_device_that_is_silent_rests_longer_each_time(cast, silent, later):
    (device,) = devices_of(cast.member, silent, 1)
    assert not send_push(device.pk, "{}", to=device.person_id)
    assert not send_push(device.pk, "{}", to=device.person_id)
    device.refresh_from_db()
    assert device.silences == 1
    later(minutes=1)
    send_push(device.pk, "{}", to=device.person_id)
    later(minutes=1)
    send_push(device.pk, "{}", to=device.person_id)
    device.refresh_from_db()
    assert device.silences == 2


def test_a_service_that_is_silent_rests_for_all_devices_and_is_tried_again(cast, silent, later):
    devices = devices_of(cast.member, silent, 4)
    for device in devices:
        assert not send_push(device.pk, "{}", to=device.person_id)
    assert [one.silences for one in Device.objects.order_by("pk")] == [1, 1, 1, 0]
    time_is_up(later)
    send_push(devices[3].pk, "{}", to=cast.member.pk)
    assert Device.objects.get(pk=devices[3].pk).silences == 1


def test_a_person_whose_services_are_all_silent_is_not_waited_for(cast, settings, later):
    settings.HEARD_PUSH_ALLOW = [f"127.0.0.{nth}:9" for nth in range(1, 13)]
    for nth in range(1, 13):
        device = device_of(cast.member, Browser(), f"http://127.0.0.{nth}:9")
        send_push(device.pk, "{}", to=device.person_id)
    assert Device.objects.filter(silences=1).count() == 10
    time_is_up(later)
    send_push(device.pk, "{}", to=device.person_id)
    assert Device.objects.filter(silences=1).count() == 11


def test_a_service_that_is_busy_with_one_is_asked_for_others(cast, settings):
    with peer(page(b"", status=503)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        for device in devices_of(cast.member, service.url, 5):
            send_push(device.pk, "{}", to=device.person_id)
    assert len(service.requests) == 5


def test_what_is_taken_again_makes_up_for_the_silence(cast, thread, settings, later):
    with peer(page(b"", status=201)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        (device,) = devices_of(cast.member, service.url, 1)
        Device.objects.update(silences=3, refusals=2)
        reply_to(thread, by=cast.tender, source="Leek")
        work_on()
    device.refresh_from_db()
    assert (device.silences, device.refusals, device.rests_until) == (0, 0, None)


def test_what_refuses_five_times_is_forgotten(cast, settings, caplog):
    with peer(page(b"", status=403)) as service:
        settings.HEARD_PUSH_ALLOW = [service.allowed]
        (device,) = devices_of(cast.member, service.url, 1)
        for _nth in range(8):
            assert send_push(device.pk, "{}", to=device.person_id)
    assert len(service.requests) == 5
    assert not Device.objects.exists()
