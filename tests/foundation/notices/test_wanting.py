"""Each notice has its own switch, and a table of all kinds and ways."""

import pytest

from heard.foundation.conversation.actions import reply_to, report, start_thread
from heard.foundation.notices.actions import add_device, mute_thread, turn_off, unmute_all
from heard.foundation.notices.errors import NoSuchDevice, NothingToMute
from heard.foundation.notices.models import Delivery, Device, Notice, Preferences, Way, Why
from heard.foundation.notices.queries import folds_of, kinds_for, unseen_count
from heard.foundation.people.actions import follow, sign_out_everywhere
from tests.cast import browser_of

KEY, SECRET = "B" + "A" * 86, "A" * 22
ENDPOINT = "https://push.example.org/send/abc"


@pytest.fixture
def thread(cast):
    return start_thread(community=cast.community, by=cast.member, source="Which soup?", title="Soup")


def whys(person):
    return sorted(Notice.objects.filter(person=person).values_list("why", flat=True))


def test_mail_at_once_is_for_those_who_are_meant_and_no_other_kind_by_default(cast, thread):
    ways = {kind.why: kind.ways for kind in kinds_for(cast.member)}
    assert {why for why, some in ways.items() if Way.MAIL in some} == {Why.MENTION, Why.REPLY, Why.MUST_READ}
    assert all(Way.DIGEST in some and Way.APP in some for some in ways.values())


def test_a_kind_is_turned_off_on_the_notice_and_on_again_from_there(cast, thread):
    reply_to(thread, by=cast.tender, source="Leek")
    notice = Notice.objects.get(person=cast.member)
    browser = browser_of(cast.member)
    assert "Nothing more when somebody replies to you" in browser.get("/notices/").content.decode()
    page = browser.post(f"/notices/{notice.pk}/off/", follow=True)
    assert page.context["undo"]["address"] == f"/notices/{notice.pk}/off/withdrawal/"
    assert page.context["undo"]["words"] == "You are told nothing more when somebody replies to you."
    assert "Tell me again when somebody replies to you" in page.content.decode()
    reply_to(thread, by=cast.tender, source="Or peas")
    assert whys(cast.member) == [Why.REPLY]
    assert Delivery.objects.count() == 1
    browser.post(page.context["undo"]["address"])
    reply_to(thread, by=cast.tender, source="Or both")
    assert whys(cast.member) == [Why.REPLY, Why.REPLY]


@pytest.mark.parametrize("what", ["off", "off/withdrawal", "mute", "mute/withdrawal"])
def test_a_switch_on_an_older_page_comes_back_to_that_page(cast, thread, what):
    reply_to(thread, by=cast.tender, source="Leek")
    notice = Notice.objects.get(person=cast.member)
    browser = browser_of(cast.member)
    before = notice.pk + 1
    assert f'name="before" value="{before}"' in browser.get(f"/notices/?before={before}").content.decode()
    page = browser.post(f"/notices/{notice.pk}/{what}/", {"before": before}, follow=True)
    assert page.context["before"] == before
    assert browser.get("/notices/?done=off&of=1&why=nonsense").context["undo"] is None


def test_a_muted_thread_says_nothing_more_but_what_a_tender_has_to_know(cast, thread):
    reply_to(thread, by=cast.member, source="@tom.tender?")
    notice = Notice.objects.get(person=cast.tender)
    browser_of(cast.tender).post(f"/notices/{notice.pk}/mute/")
    reply_to(thread, by=cast.member, source="@tom.tender!")
    assert whys(cast.tender) == [Why.MENTION]
    assert folds_of(cast.tender)[0].is_muted
    report(thread, by=cast.newcomer, because="Look")
    assert whys(cast.tender) == [Why.MENTION, Why.REPORT]
    assert unmute_all(by=cast.tender) == 1


def test_only_ones_own_notices_have_a_switch(cast, thread):
    reply_to(thread, by=cast.tender, source="Leek")
    notice = Notice.objects.get(person=cast.member)
    for what in ("mute/", "mute/withdrawal/", "off/", "off/withdrawal/"):
        assert browser_of(cast.outsider).post(f"/notices/{notice.pk}/{what}").status_code == 404


def test_what_is_not_about_a_thread_cannot_be_muted(cast):
    follow(cast.member, by=cast.tender)
    with pytest.raises(NothingToMute):
        mute_thread(Notice.objects.get(person=cast.member), by=cast.member)


def test_what_is_not_wanted_here_stands_in_no_list_and_goes_by_mail_all_the_same(cast, thread):
    turn_off(Why.REPLY, by=cast.member, way=Way.APP)
    reply_to(thread, by=cast.tender, source="Leek")
    assert folds_of(cast.member) == []
    assert unseen_count(cast.member) == 0
    assert Delivery.objects.get().way == Way.MAIL


def test_the_table_keeps_only_what_is_wanted_otherwise(cast):
    browser = browser_of(cast.member)
    page = browser.get("/notices/settings/")
    assert page.status_code == 200
    chosen = {kind.why.value: sorted(kind.ways) for kind in page.context["kinds"]}
    wanted = {
        **chosen, "follow": ["app", "mail"], "rhythm": "weekly", "digest_hour": "9", "quiet_from": "18:30",
        "quiet_until": "08:00", "most_mails": "2", "most_pushes": "0",
    }  # fmt: skip
    assert browser.post("/notices/settings/", wanted).status_code == 302
    ways = {kind.why: kind.ways for kind in kinds_for(cast.member)}
    assert ways[Why.FOLLOW] == {"app", "mail"}
    assert ways[Why.MENTION] == {"app", "mail", "digest", "push"}
    kept = Preferences.objects.get(pk=cast.member.pk)
    assert (kept.rhythm, kept.most_mails, str(kept.quiet_from)) == ("weekly", 2, "18:30:00")
    assert kept.is_quiet_at_weekends is False
    assert kept.digest_due_at is not None


@pytest.mark.parametrize(
    "wrong", [{"rhythm": "hourly"}, {"quiet_from": "25:00"}, {"most_mails": "-1"}, {"follow": ["pigeon"]}]
)
def test_what_no_page_of_ours_sends_is_not_kept(cast, wrong):
    usual = {
        "rhythm": "daily", "digest_hour": "7", "quiet_from": "20:00", "quiet_until": "07:00", "most_mails": "5",
        "most_pushes": "10",
    }  # fmt: skip
    answer = browser_of(cast.member).post("/notices/settings/", {**usual, **wrong})
    assert answer.status_code == 422
    assert not Preferences.objects.exists()


def test_a_browser_is_added_once_and_by_whoever_used_it_last(cast):
    sent = {"endpoint": ENDPOINT, "p256dh": KEY, "auth": SECRET, "label": "Firefox, Linux"}
    browser_of(cast.member).post("/notices/devices/", sent)
    browser_of(cast.member).post("/notices/devices/", sent)
    assert Device.objects.get().person == cast.member
    browser_of(cast.tender).post("/notices/devices/", sent)
    device = Device.objects.get()
    assert device.person == cast.tender
    assert browser_of(cast.member).post(f"/notices/devices/{device.pk}/removal/").status_code == 404
    browser_of(cast.tender).post(f"/notices/devices/{device.pk}/removal/")
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.org/"},
        {"endpoint": "https:///x"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://[::1"},
        {"endpoint": "https://user:pw@push.example.org/x"},
        {"endpoint": "https://push.example.org:8443/x"},
        {"endpoint": "https://push.example.org:22/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://10.0.0.1/x"},
        {"endpoint": "https://[fe80::1]/x"},
        {"endpoint": "https://[64:ff9b::a9fe:a9fe]/x"},
        {"endpoint": "https://2130706433/x"},
        {"endpoint": "https://push.example.org/" + "a" * 1000},
        {"public_key": "AAAA"},
        {"public_key": KEY + "!!!"},
        {"public_key": KEY + "é"},
        {"public_key": "A" * 87},
        {"secret": SECRET + "!!"},
        {"public_key": "é" * 87},
        {"secret": "A" * 23},
    ],
)
def test_what_is_no_subscription_is_refused_in_words(cast, wrong):
    sent = {"endpoint": ENDPOINT, "public_key": KEY, "secret": SECRET, **wrong}
    with pytest.raises(NoSuchDevice, match="try again"):
        add_device(by=cast.member, **sent)


def test_a_push_service_of_ones_own_can_be_named(cast, settings):
    settings.HEARD_PUSH_ALLOW = ["push.corp.example:8443", "10.1.2.3:8443"]
    for nth, host in enumerate(("push.corp.example:8443", "10.1.2.3:8443"), start=1):
        add_device(by=cast.member, endpoint=f"https://{host}/x", public_key=KEY, secret=SECRET)
        assert Device.objects.count() == nth


def test_ten_browsers_are_kept_and_signing_out_everywhere_forgets_them(cast):
    for nth in range(12):
        add_device(by=cast.member, endpoint=f"{ENDPOINT}{nth}", public_key=KEY, secret=SECRET)
    assert Device.objects.count() == 10
    sign_out_everywhere(cast.member)
    assert not Device.objects.exists()
