"""Pages with slots: what somebody typed is words, whatever it looks like."""

import pytest
from django.template import TemplateDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heard.foundation.communities.actions import start_community
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Thread
from heard.foundation.people.actions import change_profile
from heard.foundation.people.models import Person
from heard.plumbing.text import one_line, render, storable
from heard.web.fragments import drawn, template_of
from heard.web.frames import FRAMES, frame_for
from heard.web.slots import MARK, pages
from tests.cast import Cast, a_cast, browser_of

NAMES = ["me", "replies", "list", "feed", "flashes", "errors/500.html", "people/roles.html", "parts/side.html", "no"]
SLOTS = [f"\ue000{name}\ue001" for name in NAMES]
MARKS = "\ue000\ue001\ue002\ue003"
TYPED = st.lists(st.sampled_from([*SLOTS, *MARKS, ":", "a", "me", '"', "<b>", "\n", "# "]), max_size=8).map("".join)


@pytest.mark.django_db
@pytest.mark.parametrize("slot", SLOTS)
def test_what_looks_like_a_slot_is_shown_to_readers_as_words(cast: Cast, slot: str) -> None:
    community = start_community(name=f"Yard {slot}", by=cast.tender)
    thread = actions.start_thread(community=community, by=cast.tender, title=f"Title {slot}", source=f"Said {slot}")
    actions.reply_to(thread, by=cast.tender, source=f"Reply {slot}")
    change_profile(cast.tender, by=cast.tender, name=f"Tom {slot}", about=slot)
    for address in ("/", "/newest/", f"/threads/{thread.pk}/", f"/communities/{community.slug}/"):
        answer = browser_of(cast.tender).get(address)
        assert answer.status_code == 200
        assert "Title" in answer.text or "Yard" in answer.text
        assert not set(MARKS) & set(answer.text)


@pytest.mark.django_db
def test_words_that_were_kept_before_fill_no_slot(cast: Cast) -> None:
    thread = actions.start_thread(community=cast.community, by=cast.member, title="Title", source="Said")
    planted = "".join(SLOTS)
    Thread.objects.filter(pk=thread.pk).update(title=planted, html=planted)
    Person.objects.filter(pk=cast.member.pk).update(name=planted[:100])
    for address in ("/", f"/threads/{thread.pk}/"):
        answer = browser_of(cast.tender).get(address)
        assert answer.status_code == 200
        assert SLOTS[0] in answer.text
        assert MARK not in answer.text


class TypedWords(TestCase):
    """Whatever is typed, in titles, names and words."""

    @given(source=TYPED, title=TYPED)
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def test_any_words_give_a_page_without_a_mark(self, source: str, title: str) -> None:
        cast = a_cast()
        thread = actions.start_thread(community=cast.community, by=cast.member, title=title, source=f"x{source}")
        actions.reply_to(thread, by=cast.tender, source=f"y{source}")
        for address in ("/", f"/threads/{thread.pk}/"):
            answer = browser_of(cast.member).get(address)
            assert answer.status_code == 200
            assert not set(MARKS) & set(answer.text)


class NoLinks:
    """Knows nobody."""

    def people(self, _handles: object) -> dict[str, tuple[str, str]]:
        return {}

    def tag_url(self, tag: str) -> str:
        return f"/tags/{tag}/"


@given(st.text(st.sampled_from([*MARKS, "a", "*", "`", "[", "]", "(", ")", "\n", "&", "<"])))
def test_no_text_that_is_kept_holds_a_mark(text: str) -> None:
    kept = (storable(text), one_line(text), render(text, link=NoLinks()).html)
    assert not set(MARKS) & set("".join(kept))


def test_only_parts_of_the_frame_are_drawn_as_frames() -> None:
    with pytest.raises(KeyError):
        frame_for({}, "", "errors/500.html", None)
    for name in FRAMES:
        assert template_of(name).source
    with pytest.raises(TemplateDoesNotExist):
        template_of("nothing.html")


@pytest.mark.django_db
def test_what_a_browser_sends_as_theme_or_reason_is_neither_drawn_nor_kept(cast: Cast) -> None:
    thread = actions.start_thread(community=cast.community, by=cast.tender, source="Said")
    sent = 'dark" onclick="x'
    browser = browser_of(cast.member)
    card = browser.get(f"/threads/{thread.pk}/card/", {"why": sent}).text
    assert "onclick" not in card
    assert "why=" not in card
    assert "why=follow" in browser.get(f"/threads/{thread.pk}/card/", {"why": "follow"}).text
    browser.get("/")
    kept = len(pages), len(drawn.kept)
    for nth in range(3):
        page = browser.get("/", headers={"cookie": f"{browser.cookies.output(header='', sep=';')}; theme=x{nth}"}).text
        assert 'data-theme="system"' in page
        browser.get(f"/threads/{thread.pk}/card/", {"why": f"x{nth}"})
    assert (len(pages), len(drawn.kept)) == kept
    browser.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in browser.get("/").text
