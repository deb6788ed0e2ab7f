"""What people settle for themselves."""

import pytest

from heard.foundation.people.actions import change_profile, follow
from heard.foundation.people.models import Person
from tests.cast import browser_of

pytestmark = pytest.mark.django_db


def test_a_time_zone_is_offered_by_the_name_it_goes_by_today_and_one_that_was_chosen_is_kept(cast):
    client = browser_of(cast.member)
    page = client.get("/me/").content.decode()
    for name in ("Asia/Kolkata", "Europe/Amsterdam", "America/Argentina/Buenos_Aires"):
        assert f'<option value="{name}"' in page
    for name in ("Asia/Calcutta", "America/Buenos_Aires", "US/Eastern", "Europe/Belfast"):
        assert f'"{name}"' not in page
    assert '<optgroup label="Europe">' in page
    change_profile(cast.member, by=cast.member, time_zone="Asia/Calcutta")
    assert '<option value="Asia/Calcutta" selected>' in client.get("/me/").content.decode()
    assert client.post("/me/", {"time_zone": "Asia/Calcutta"}).status_code == 302


TWO = [("en-gb", "English"), ("ar", "العربية")]


def test_a_time_zone_holds_from_the_next_page(cast):
    browser_of(cast.member).post("/me/", {"time_zone": "Asia/Tokyo", "is_contact_hidden": "on"})
    member = Person.objects.get(pk=cast.member.pk)
    assert (member.time_zone, member.is_contact_hidden) == ("Asia/Tokyo", True)


def test_a_language_holds_from_the_next_page_and_says_which_way_it_is_written(cast, settings):
    settings.LANGUAGES = TWO
    client = browser_of(cast.member)
    client.post("/me/", {"language": "ar"})
    assert '<html lang="ar" dir="rtl"' in client.get("/me/").content.decode()


def test_only_translated_languages_are_offered_and_one_alone_is_no_choice(cast, settings):
    assert [code for code, _name in settings.LANGUAGES] == ["en-gb"]
    Person.objects.filter(pk=cast.member.pk).update(language="ar")
    page = browser_of(cast.member).get("/me/").content.decode()
    assert 'name="language"' not in page
    assert '<html lang="en-gb" dir="ltr"' in page


def test_a_language_that_nobody_offers_is_refused_beside_its_field(cast, settings):
    settings.LANGUAGES = TWO
    answer = browser_of(cast.member).post("/me/", {"language": "tlh"})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("typed", [{"time_zone": "Mars/Olympus"}, {"time_zone": "../etc/passwd"}])
def test_nonsense_is_refused_beside_its_field(cast, typed):
    answer = browser_of(cast.member).post("/me/", typed)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_hidden_contact_is_gone_from_the_profile_for_others(cast):
    change_profile(cast.member, by=cast.member, is_contact_hidden=True, telephone="0123 456")
    seen = browser_of(cast.outsider).get("/people/mina.member/").content.decode()
    assert cast.member.email not in seen
    assert "0123 456" not in seen
    assert cast.member.email in browser_of(cast.steward).get("/people/mina.member/").content.decode()


def test_the_theme_is_a_cookie_of_this_browser_and_leads_back(cast):
    client = browser_of()
    answer = client.post("/me/theme/", {"theme": "dark"}, headers={"referer": "http://testserver/join/?a=1"})
    assert answer.url == "/join/?a=1"
    assert client.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/join/").content.decode()


@pytest.mark.parametrize("referer", ["https://evil.example/x", "http://testserver//evil.example", "nonsense", ""])
def test_the_theme_leads_nowhere_else(cast, referer):
    answer = browser_of().post("/me/theme/", {"theme": "x"}, headers={"referer": referer})
    assert answer.url in {"/", "/evil.example"}
    assert "theme" not in answer.cookies


def test_whom_one_follows_and_by_whom_one_is_followed(cast):
    follow(cast.tender, by=cast.member)
    assert "Tom Tender" in browser_of(cast.member).get("/me/following/").content.decode()
    assert "Mina Member" in browser_of(cast.tender).get("/me/followers/").content.decode()
    assert "Mina Member" not in browser_of(cast.outsider).get("/me/followers/").content.decode()
