"""Unsubscribing: one click without a session, never by a link that a machine follows, and for one thing alone."""

from datetime import UTC

import pytest
from django.test import Client

from heard.foundation.delivery.actions import unsubscribe
from heard.foundation.notices.actions import prefer, switch_kinds
from heard.foundation.notices.models import Preferences, Rhythm, Switch, Way, Why
from heard.foundation.notices.queries.wanting import goes
from heard.foundation.notices.rules import ALL_DIGESTS, ALL_MAIL, unsubscribing_address

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(person, what):
    return "/" + unsubscribing_address(person.pk, what).split("/", 3)[3]


def test_a_mail_readers_click_unsubscribes_without_session_or_origin_and_twice_is_once(cast):
    path = path_of(cast.member, ALL_DIGESTS)
    for _nth in range(2):
        answer = Client().post(path, ONE_CLICK)
        assert answer.status_code == 200
        assert "no more of this: your digest" in answer.content.decode()
    wanted = Preferences.objects.get(pk=cast.member.pk)
    assert (wanted.rhythm, wanted.digest_due_at) == (Rhythm.NEVER, None)


def test_a_scanner_that_follows_the_link_changes_nothing(cast):
    path = path_of(cast.member, ALL_DIGESTS)
    for ask in (Client().get, Client().head, Client().options):
        ask(path)
    assert not Preferences.objects.exists()
    assert "Unsubscribe?" in Client().get(path).content.decode()


def test_each_address_is_for_one_thing_of_one_person(cast):
    Client().post(path_of(cast.member, Why.REPLY))
    switch = Switch.objects.get()
    assert (switch.person, switch.why, switch.way, switch.is_on) == (cast.member, "reply", Way.MAIL, False)
    Client().post(path_of(cast.tender, ALL_MAIL))
    assert Preferences.objects.get().most_mails == 0


def test_the_page_names_the_kind_and_one_press_takes_it_back_as_it_was(cast):
    path = path_of(cast.member, Why.MENTION)
    assert "mail when somebody mentions you" in Client().get(path).content.decode()
    page = Client().post(path).content.decode()
    assert "no more of this: mail when somebody mentions you" in page
    assert f'action="{path}withdrawal/"' in page
    for _nth in range(2):
        assert "You get this again: mail when" in Client().post(f"{path}withdrawal/").content.decode()
    assert goes(cast.member.pk, Why.MENTION, Way.MAIL)


def test_a_kind_that_most_are_not_mailed_comes_again_as_well(cast):
    switch_kinds({Why.FOLLOW: {Way.APP, Way.MAIL, Way.DIGEST}}, by=cast.member)
    unsubscribe(cast.member.pk, Why.FOLLOW)
    assert not goes(cast.member.pk, Why.FOLLOW, Way.MAIL)
    Client().post(f"{path_of(cast.member, Why.FOLLOW)}withdrawal/")
    assert goes(cast.member.pk, Why.FOLLOW, Way.MAIL)


@pytest.mark.parametrize(("was", "rhythm", "most"), [("", "daily", 5), ("nonsense", "daily", 5), ("999", "daily", 5)])
def test_digests_and_mail_come_again_as_most_want_them_where_it_is_not_known(cast, was, rhythm, most):
    for what in (ALL_DIGESTS, ALL_MAIL):
        unsubscribe(cast.member.pk, what)
        Client().post(f"{path_of(cast.member, what)}withdrawal/", {"was": was})
    wanted = Preferences.objects.get(pk=cast.member.pk)
    assert (wanted.rhythm, wanted.most_mails) == (rhythm, most)


def test_digests_and_mail_come_again_as_they_were(cast):
    prefer(by=cast.member, zone=UTC, rhythm=Rhythm.WEEKLY, most_mails=3)
    for what in (ALL_DIGESTS, ALL_MAIL):
        was = Client().post(path_of(cast.member, what)).context["was"]
        Client().post(f"{path_of(cast.member, what)}withdrawal/", {"was": was})
    wanted = Preferences.objects.get(pk=cast.member.pk)
    assert (wanted.rhythm, wanted.most_mails) == (Rhythm.WEEKLY, 3)
    assert wanted.digest_due_at is not None


@pytest.mark.parametrize(
    "change",
    [lambda token: token[:-1] + "x", lambda token: "1" + token, lambda _token: "é~."],
    ids=["changed", "for another", "nonsense"],
)
def test_a_forged_address_is_not_there(cast, change):
    token = path_of(cast.member, ALL_DIGESTS).split("/")[2]
    for ask in (Client().get, Client().post):
        assert ask(f"/letters/{change(token)}/unsubscribing/").status_code == 404
    assert not Preferences.objects.exists()


def test_whoever_left_unsubscribes_quietly(cast):
    unsubscribe(cast.left.pk, ALL_DIGESTS)
    unsubscribe(999_999, ALL_MAIL)
    assert not Preferences.objects.exists()


def test_nothing_else_may_be_sent_from_elsewhere(cast):
    client = Client()
    client.force_login(cast.member)
    assert client.post("/notices/seen/").status_code == 403
