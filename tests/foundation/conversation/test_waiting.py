"""What waits for those who look after a community: requests, reports with the reported words, unanswered questions."""

import pytest

from heard.foundation.communities.actions import ask_to_join, make_tender
from heard.foundation.communities.errors import NotATender
from heard.foundation.communities.models import Access
from heard.foundation.conversation import errors
from heard.foundation.conversation.actions import (
    close_thread,
    delete_message,
    hide_reported,
    reply_to,
    report,
    settle_report,
    start_thread,
)
from heard.foundation.conversation.models import Reply, Report
from heard.foundation.conversation.queries import report_seen_by, reports_for_stewards, waiting_here, waiting_in
from heard.foundation.notices.models import Notice, Why
from tests.cast import browser_of
from tests.foundation.communities.gatherings import a_community


def words(response):
    return response.content.decode()


@pytest.fixture
def rude(cast):
    """A reply in the canteen that the newcomer reported."""
    thread = start_thread(community=cast.community, by=cast.tender, source="Soup of the day", kind="ask")
    reply = reply_to(thread, by=cast.member, source="Only fools eat soup")
    report(reply, by=cast.newcomer, because="Calls people fools")
    return reply


@pytest.fixture
def secret(cast):
    """A thread in the private council that its member reported."""
    thread = start_thread(community=cast.council, by=cast.tender, source="Fire them all")
    start_thread(community=cast.council, by=cast.tender, source="Another secret")
    report(thread, by=cast.member, because="Unkind")
    return thread


def told(person):
    return list(Notice.objects.filter(person=person, why=Why.REPORT).values_list("address", flat=True))


def test_a_report_reaches_tenders_and_stewards_once(cast, rude):
    report(rude, by=cast.newcomer, because="Again")
    assert told(cast.tender) == ["/communities/canteen/waiting/"]
    assert told(cast.steward) == ["/reports/"]
    assert Report.objects.count() == 1


def test_whoever_wrote_it_never_learns_who_reported_it_even_if_they_tend_the_community(cast, rude):
    make_tender(cast.community, cast.member, by=cast.tender)
    report(rude, by=cast.outsider, because="Really rude")
    assert told(cast.member) == []
    assert waiting_in(cast.member, cast.community).reports == []
    assert waiting_here(cast.member, cast.community) == 0
    given = Report.objects.first()
    with pytest.raises(Report.DoesNotExist):
        report_seen_by(cast.member, given.pk)
    assert len(waiting_in(cast.tender, cast.community).reports) == 2


def test_reports_are_for_those_who_look_after_the_community(cast, rude):
    given = Report.objects.get()
    assert report_seen_by(cast.tender, given.pk) == given
    assert report_seen_by(cast.steward, given.pk) == given
    for person in (cast.newcomer, cast.outsider):
        with pytest.raises(Report.DoesNotExist):
            report_seen_by(person, given.pk)
        assert reports_for_stewards(person) == []
        with pytest.raises(NotATender):
            settle_report(given, by=person)


def test_settling_one_settles_every_report_of_the_same_words(cast, rude):
    report(rude, by=cast.outsider, because="Me too")
    first = Report.objects.order_by("id").first()
    settle_report(first, by=cast.tender)
    assert not Report.objects.filter(settled_at=None).exists()
    with pytest.raises(errors.ReportIsSettled):
        settle_report(first, by=cast.steward)


def test_whoever_reported_hears_what_came_of_it(cast, rude):
    hide_reported(Report.objects.get(), by=cast.tender, because="Be kind")
    notice = Notice.objects.get(person=cast.newcomer, why=Why.SETTLED)
    assert (notice.words, notice.address) == ("Be kind", f"/threads/{rude.thread_id}/{rude.pk}/#r{rude.pk}")


def test_hiding_what_was_reported_settles_it(cast, rude):
    hide_reported(Report.objects.get(), by=cast.tender, because="Be kind")
    rude.refresh_from_db()
    assert rude.hidden_because == "Be kind"
    assert Report.objects.get().outcome == "Be kind"
    with pytest.raises(errors.ReportIsSettled):
        hide_reported(Report.objects.get(), by=cast.steward, because="Me too")


def test_a_steward_hides_reported_words_in_a_private_community_and_sees_no_others(cast, secret):
    browser = browser_of(cast.steward)
    page = words(browser.get("/reports/"))
    assert "Fire them all" in page
    assert "in a private community" in page
    for kept in ("Another secret", "Works council", cast.council.slug, f"/threads/{secret.pk}/"):
        assert kept not in page
    given = Report.objects.get()
    browser.post(f"/reports/{given.pk}/hiding/", {"because": "Unkind", "back": "reports"})
    secret.refresh_from_db()
    assert secret.hidden_at is not None
    assert browser.get(f"/threads/{secret.pk}/").status_code == 404


def test_a_steward_is_shown_the_way_to_what_everybody_can_read(cast):
    thread = start_thread(community=cast.community, by=cast.member, source="Soup again")
    report(thread, by=cast.newcomer, because="Boring")
    assert f"/threads/{thread.pk}/" in words(browser_of(cast.steward).get("/reports/"))


def test_what_its_author_deleted_can_still_be_judged(cast, rude):
    delete_message(rude, by=cast.member)
    page = words(browser_of(cast.tender).get("/communities/canteen/waiting/"))
    assert "Only fools eat soup" in page
    assert "deleted by its author since" in page


def test_the_page_shows_all_that_waits(cast, rude):
    closed = a_community("Night shift", cast.tender, access=Access.CLOSED)
    ask_to_join(closed, by=cast.outsider, words="I drive nights")
    start_thread(community=closed, by=cast.tender, source="Who has the keys?", kind="ask")
    browser = browser_of(cast.tender)
    page = words(browser.get("/communities/night-shift/waiting/"))
    assert "I drive nights" in page
    assert "Who has the keys?" in page
    assert "Calls people fools" not in page
    assert "Calls people fools" in words(browser.get("/communities/canteen/waiting/"))


def test_a_steward_who_may_not_read_a_community_is_not_shown_its_questions(cast):
    closed = a_community("Night shift", cast.tender, access=Access.CLOSED)
    start_thread(community=closed, by=cast.tender, source="Who has the keys?", kind="ask")
    answer = browser_of(cast.steward).get("/communities/night-shift/waiting/")
    assert answer.status_code == 200
    assert "Who has the keys?" not in words(answer)


def test_answered_and_closed_questions_do_not_wait(cast):
    answered = start_thread(community=cast.community, by=cast.member, source="When is lunch?", kind="ask")
    reply_to(answered, by=cast.tender, source="At noon")
    closed = start_thread(community=cast.community, by=cast.member, source="Is there cake?", kind="ask")
    close_thread(closed, by=cast.tender)
    assert waiting_in(cast.tender, cast.community).unanswered == []
    assert "Nothing waits" in words(browser_of(cast.tender).get("/communities/canteen/waiting/"))


def test_settling_leads_back_to_where_one_came_from(cast, rude):
    given = Report.objects.get()
    answer = browser_of(cast.tender).post(f"/reports/{given.pk}/settlement/")
    assert answer.headers["Location"] == "/communities/canteen/waiting/"
    again = browser_of(cast.steward).post(f"/reports/{given.pk}/settlement/", {"back": "reports"}, follow=True)
    assert "Somebody else settled this report already" in words(again)


def test_hiding_needs_a_reason(cast, rude):
    given = Report.objects.get()
    answer = browser_of(cast.tender).post(f"/reports/{given.pk}/hiding/", {"because": " "}, follow=True)
    assert "Say in a few words" in words(answer)
    assert Reply.objects.get(pk=rude.pk).hidden_at is None


def test_pages_of_what_waits_are_for_those_who_look_after_it(cast, rude):
    given = Report.objects.get()
    for person in (cast.member, cast.outsider):
        browser = browser_of(person)
        assert browser.get("/communities/canteen/waiting/").status_code == 403
        assert browser.get("/reports/").status_code == 403
        assert browser.post(f"/reports/{given.pk}/settlement/").status_code == 404
        assert browser.post(f"/reports/{given.pk}/hiding/", {"because": "x"}).status_code == 404
    assert browser_of(cast.tender).get("/reports/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_the_same_however_much(cast, count, django_assert_num_queries):
    closed = a_community("Night shift", cast.tender, cast.member, access=Access.CLOSED)
    for person in (cast.newcomer, cast.outsider, cast.administrator)[:count]:
        ask_to_join(closed, by=person)
    for nth in range(count):
        thread = start_thread(community=closed, by=cast.member, source=f"Question {nth}", kind="ask")
        report(thread, by=cast.tender, because="x")
    with django_assert_num_queries(5):
        found = waiting_in(cast.tender, closed)
        assert (len(found.requests), len(found.reports), len(found.unanswered)) == (count, count, count)
        assert [one.message.author.name for one in found.reports]


@pytest.mark.parametrize("count", [1, 3])
def test_the_reports_page_costs_the_same_however_many(cast, count, django_assert_num_queries):
    for nth in range(count):
        thread = start_thread(community=cast.community, by=cast.member, source=f"Rude {nth}")
        report(thread, by=cast.newcomer, because="rude")
    browser = browser_of(cast.steward)
    with django_assert_num_queries(5):
        assert len(browser.get("/reports/").context["reports"]) == count


def test_whoever_reports_sees_the_headline_and_the_author_of_what_they_report(cast):
    thread = start_thread(community=cast.community, by=cast.tender, source="Only fools", title="Soup of the day")
    page = words(browser_of(cast.member).get(f"/threads/{thread.pk}/report/"))
    for said in ("Soup of the day</strong>", "Tom Tender", "Only fools"):
        assert said in page
