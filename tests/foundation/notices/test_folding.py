"""What is about the same thread is one row: who did it, the weightiest first, seen as one."""

import pytest

from heard.foundation.communities.actions import join
from heard.foundation.conversation.actions import delete_message, reply_to, start_thread
from heard.foundation.notices.actions import see_notices, unsee_notices
from heard.foundation.notices.models import Notice, Why
from heard.foundation.notices.queries import folds_of, unseen_count
from tests.cast import a_person, browser_of


@pytest.fixture
def thread(cast):
    return start_thread(community=cast.community, by=cast.member, source="Which soup?", title="Soup")


@pytest.fixture
def colleagues(cast):
    people = [a_person(name) for name in ("Ana Abel", "Bo Brandt", "Cy Carl", "Di Dorn")]
    for person in people:
        join(cast.community, by=person)
    return people


def rows(person):
    return [(str(fold.told), fold.more, fold.is_unseen) for fold in folds_of(person)]


def test_replies_in_a_thread_are_one_row_that_names_who_replied(cast, thread, colleagues):
    for person in (*colleagues, colleagues[3]):
        reply_to(thread, by=person, source="Leek")
    (fold,) = folds_of(cast.member)
    assert fold.names == ["Di Dorn", "Cy Carl", "Bo Brandt", "Ana Abel"]
    assert "and 2 others replied to you in “<bdi>Soup</bdi>”" in fold.told
    assert unseen_count(cast.member) == 1


def test_being_named_outranks_later_replies_and_leads_where_one_is_named(cast, thread, colleagues):
    named = reply_to(thread, by=colleagues[0], source="@mina.member likes leek")
    reply_to(thread, by=colleagues[1], source="So do I")
    (fold,) = folds_of(cast.member)
    assert (fold.leads.why, fold.more, fold.names) == (Why.MENTION, 1, ["Ana Abel"])
    page = browser_of(cast.member).get("/notices/").content.decode()
    assert "mentioned you" in page
    assert "because you are named" in page
    opened = browser_of(cast.member).get(f"/notices/{fold.leads.pk}/").headers["Location"]
    assert opened.endswith(f"#r{named.pk}")


def test_opening_one_is_seeing_the_whole_fold_and_what_comes_then_is_new(cast, thread, colleagues):
    for person in colleagues:
        reply_to(thread, by=person, source="Leek")
    (fold,) = folds_of(cast.member)
    browser_of(cast.member).get(f"/notices/{fold.notice.pk}/")
    assert not Notice.objects.filter(person=cast.member, seen_with=None).exists()
    reply_to(thread, by=colleagues[0], source="And potatoes")
    (fold,) = folds_of(cast.member)
    assert fold.names == ["Ana Abel"]
    assert fold.is_unseen


def test_a_row_moves_to_the_top_when_something_new_comes(cast, thread, colleagues):
    other = start_thread(community=cast.community, by=cast.member, source="Bread?", title="Bread")
    reply_to(thread, by=colleagues[0], source="Leek")
    reply_to(other, by=colleagues[0], source="Rye")
    reply_to(thread, by=colleagues[1], source="Leek")
    assert [fold.notice.title for fold in folds_of(cast.member)] == ["Soup", "Bread"]


def test_all_seen_can_be_undone_and_nothing_else_becomes_new(cast, thread, colleagues):
    reply_to(thread, by=colleagues[0], source="Leek")
    see_notices(cast.member)
    reply_to(thread, by=colleagues[1], source="Leek")
    browser = browser_of(cast.member)
    page = browser.post("/notices/seen/", follow=True)
    undo = page.context["undo"]
    assert unseen_count(cast.member) == 0
    browser.post(undo["address"], {"gesture": undo["gesture"]})
    assert Notice.objects.filter(person=cast.member, seen_with=None).count() == 1
    for nonsense in (
        *("nonsense", "\0", "", "0", "-1", "²", "1.5"),
        *("1" * 30, "9" * 18, "2026-01-01T00:00:00+00:00"),
    ):
        assert browser.post(undo["address"], {"gesture": nonsense}).status_code == 302
        assert browser.get("/notices/", {"seen": nonsense}).status_code == 200
    assert Notice.objects.filter(person=cast.member, seen_with=None).count() == 1


def test_nobody_makes_new_what_another_saw(cast, thread, colleagues):
    reply_to(thread, by=colleagues[0], source="Leek")
    seen = see_notices(cast.member)
    assert unsee_notices(cast.outsider, gesture=seen.gesture) == 0
    assert unseen_count(cast.member) == 0


def test_what_was_deleted_is_quoted_and_called_nothing(cast, thread, colleagues):
    reply_to(thread, by=colleagues[0], source="@mina.member @tom.tender: leek")
    assert "Soup" in rows(cast.tender)[0][0]
    delete_message(thread, by=cast.member)
    assert "Soup" not in rows(cast.tender)[0][0]


def test_ten_thousand_in_one_thread_are_one_row(cast, thread, colleagues, django_assert_max_num_queries):
    reply_to(thread, by=colleagues[0], source="Leek")
    first = Notice.objects.get(person=cast.member, why=Why.REPLY)
    copies = [Notice(**{**fields_of(first), "id": first.pk - nth, "is_listed": False}) for nth in range(1, 10_000)]
    Notice.objects.bulk_create(copies)
    browser = browser_of(cast.member)
    with django_assert_max_num_queries(9):
        page = browser.get("/notices/")
    assert len(page.context["folds"]) == 1
    assert unseen_count(cast.member) == 1
    browser_of(cast.member).get(f"/notices/{first.pk}/")
    assert not Notice.objects.filter(person=cast.member, seen_with=None).exists()


def fields_of(notice):
    return {field.attname: getattr(notice, field.attname) for field in Notice._meta.concrete_fields}
