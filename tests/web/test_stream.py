"""What a browser's stream may hear is what its person may read, for as long as their session lasts."""

import pytest
from django.urls import reverse

from heard.foundation.communities.actions import change_community, leave
from heard.foundation.communities.models import Access
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Thread
from heard.foundation.people.actions import end_access, sign_out_everywhere
from heard.foundation.people.models import Person
from heard.web.stream import granted
from tests.cast import Cast, a_person, browser_of
from tests.plumbing.realtime.ears import Ears

pytestmark = pytest.mark.django_db


@pytest.fixture
def said_openly(cast: Cast) -> Thread:
    """A thread in the open community."""
    return actions.start_thread(community=cast.community, by=cast.member, source="Soup again")


@pytest.fixture
def said_privately(cast: Cast) -> Thread:
    """A thread in the private one."""
    return actions.start_thread(community=cast.council, by=cast.member, source="About the soup")


def cookie_of(person: Person) -> str:
    """What the browser sends along in which `person` is signed in."""
    return f"language=de; heard={browser_of(person).cookies['heard'].value}"


def heard_by(cookie: str, *topics: str) -> set[str]:
    """What of `topics` is granted, besides the person's own."""
    grant = granted(cookie, frozenset(topics))
    assert grant is not None
    return set(grant.topics)


def test_a_member_hears_what_they_may_read(cast: Cast, said_openly: Thread, said_privately: Thread) -> None:
    topics = {f"thread:{said_openly.pk}", f"thread:{said_privately.pk}", f"community:{cast.council.pk}"}

    grant = granted(cookie_of(cast.member), frozenset(topics))

    assert grant is not None
    assert grant.owner == f"person:{cast.member.pk}"
    assert grant.topics == topics
    assert grant.watched == {f"community:{cast.community.pk}", f"community:{cast.council.pk}"}


def test_an_outsider_hears_nothing_of_what_is_private(cast: Cast, said_openly: Thread, said_privately: Thread) -> None:
    asked = [f"thread:{said_privately.pk}", f"community:{cast.council.pk}", f"thread:{said_openly.pk}"]

    grant = granted(cookie_of(cast.outsider), frozenset(asked))

    assert grant is not None
    assert grant.topics == {f"thread:{said_openly.pk}"}
    assert grant.watched == {f"community:{cast.community.pk}"}


def test_nobody_hears_another_person(cast: Cast) -> None:
    assert heard_by(cookie_of(cast.member), f"person:{cast.steward.pk}", "invention:1") == set()


def test_home_is_every_community_they_joined(cast: Cast) -> None:
    assert heard_by(cookie_of(cast.member), "home") == {
        f"community:{cast.community.pk}",
        f"community:{cast.council.pk}",
    }
    assert heard_by(cookie_of(cast.outsider), "home") == set()


def test_who_left_a_private_community_hears_it_no_more(cast: Cast, said_privately: Thread) -> None:
    cookie, topic = cookie_of(cast.member), f"thread:{said_privately.pk}"
    assert heard_by(cookie, topic) == {topic}

    leave(cast.council, by=cast.member)

    assert heard_by(cookie, topic) == set()


def test_a_community_that_becomes_private_is_heard_by_its_members_alone(cast: Cast, said_openly: Thread) -> None:
    topic = f"thread:{said_openly.pk}"

    change_community(cast.community, by=cast.tender, access=Access.PRIVATE)

    assert heard_by(cookie_of(cast.outsider), topic) == set()
    assert heard_by(cookie_of(cast.member), topic) == {topic}


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "heard=",
        "heard=nonsense",
        "heard=../../x; heard=y",
        "other=1",
        'heard="\\000aaaaaaaaa"',
        "heard=" + "a" * 32,
    ],
)
def test_who_is_not_signed_in_hears_nothing(cast: Cast, cookie: str) -> None:
    assert granted(cookie, frozenset({"home"})) is None


def test_a_session_that_ended_hears_nothing(cast: Cast) -> None:
    leaving, signing_out = a_person("Lea Leaving"), a_person("Olaf Out")
    cookies = [cookie_of(leaving), cookie_of(signing_out)]

    end_access(leaving, by=cast.steward)
    sign_out_everywhere(signing_out)

    assert [granted(cookie, frozenset()) for cookie in cookies] == [None, None]


@pytest.mark.parametrize("way_out", ["account_logout", "forget"])
def test_signing_out_closes_the_streams_of_the_other_tabs(cast: Cast, tmp_path, settings, monkeypatch, way_out) -> None:
    settings.REDIS_URL, settings.HEARD_DATA = "", tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    ears, browser = Ears(tmp_path / "stream"), browser_of(cast.member)

    browser.post(reverse(way_out))

    assert ears.packets() == [f"person:{cast.member.pk} signed-out\n"]
    ears.close()


def test_ids_beyond_all_numbers_are_nobodys(cast: Cast) -> None:
    assert heard_by(cookie_of(cast.member), f"thread:{10**19}", f"community:{2**63}") == set()


def test_it_takes_five_queries_whatever_is_asked_for(
    cast: Cast, said_openly: Thread, django_assert_num_queries
) -> None:
    cookie = cookie_of(cast.member)
    for topics in (
        {"home", f"thread:{said_openly.pk}", "community:1"},
        {"home", *(f"thread:{nth}" for nth in range(99)), "community:1"},
    ):
        with django_assert_num_queries(5):
            granted(cookie, frozenset(topics))
