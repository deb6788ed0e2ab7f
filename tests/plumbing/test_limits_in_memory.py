"""How often something may be tried from one address, counted in memory only."""

from contextlib import suppress

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory, override_settings

from heard.plumbing import limits_in_memory
from heard.plumbing.limits import TooOften
from heard.plumbing.limits_in_memory import address_of, spend_unseen


@pytest.fixture(autouse=True)
def a_new_hour(monkeypatch):
    monkeypatch.setattr(limits_in_memory, "_hour", limits_in_memory._Hour(0))


def came_from(address: str):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def is_let_through(address: str, what: str = "guess", most: int = 2) -> bool:
    try:
        spend_unseen(what, came_from(address), most=most)
    except TooOften:
        return False
    return True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8::1", "2001:db8::ffff:2"),
        ("2001:db8::1", "2001:0db8:0000:0000:1:2:3:4"),
        ("2001:DB8:1:2::", "2001:db8:1:2:ffff::9"),
        ("fe80::1%eth0", "fe80::2"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:c000:207", "192.0.2.7"),
    ],
)
def test_what_one_household_can_send_from_is_one_address(one, other):
    assert address_of(came_from(one)) == address_of(came_from(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:2::1"),
        ("2001:db8::1", "2001:db8:0:1::1"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8"),
        ("192.0.2.7", "192.0.2.8"),
        ("unknown", "hidden"),
    ],
)
def test_what_two_send_from_are_two_addresses(one, other):
    assert address_of(came_from(one)) != address_of(came_from(other))


def test_what_a_proxy_says_is_read_alike():
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.1, 2001:db8::5"})
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert address_of(request) == address_of(came_from("2001:db8::1"))


def test_coming_from_everywhere_empties_nobodys_count(monkeypatch):
    monkeypatch.setattr(limits_in_memory, "MOST_COUNTED", 5)
    assert [is_let_through("192.0.2.1") for _ in range(3)] == [True, True, False]
    for nth in range(50):
        with suppress(TooOften):
            spend_unseen("guess", came_from(f"198.51.100.{nth}"), most=2)
    assert not is_let_through("192.0.2.1")


def test_who_comes_after_too_many_is_counted_together_until_the_hour_is_over(monkeypatch):
    monkeypatch.setattr(limits_in_memory, "MOST_COUNTED", 3)
    assert all(is_let_through(f"192.0.2.{nth}") for nth in range(3))
    assert [is_let_through(f"198.51.100.{nth}") for nth in range(4)] == [True, True, False, False]
    assert is_let_through("198.51.100.9", what="look")
    assert is_let_through("192.0.2.1")
    assert len(limits_in_memory._hour.counts) == 5
    later = limits_in_memory.time.time() + limits_in_memory.HOUR
    monkeypatch.setattr(limits_in_memory.time, "time", lambda: later)
    assert is_let_through("198.51.100.3")


@pytest.mark.django_db
def test_what_is_counted_stands_in_no_store_and_shows_no_address(django_assert_num_queries):
    entries = number_of_entries()
    with django_assert_num_queries(0):
        assert is_let_through("192.0.2.1")
        assert is_let_through("2001:db8::1")
    assert number_of_entries() == entries
    counted = limits_in_memory._hour.counts
    assert [(len(key), count) for key, count in counted.items()] == [(16, 1), (16, 1)]
    seen = repr([*counted, vars(limits_in_memory._hour)])
    assert [one for one in ("192.0.2.1", "2001:db8", "guess") if one in seen] == []


def test_with_the_next_hour_comes_another_salt_under_which_nobody_is_known_again(monkeypatch):
    assert [is_let_through("192.0.2.1") for _ in range(3)] == [True, True, False]
    before, salt = {*limits_in_memory._hour.counts}, limits_in_memory._hour.salt
    later = limits_in_memory.time.time() + limits_in_memory.HOUR
    monkeypatch.setattr(limits_in_memory.time, "time", lambda: later)
    assert is_let_through("192.0.2.1")
    assert limits_in_memory._hour.salt != salt
    assert len(before | {*limits_in_memory._hour.counts}) == 2


def number_of_entries() -> int:
    """How much Redis holds, where there is one; what a table holds is seen by its queries."""
    return int(cache._cache.get_client().dbsize()) if settings.REDIS_URL else 0
