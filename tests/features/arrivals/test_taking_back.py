"""What was brought in can be taken back, without touching what people have said since."""

import pytest

from heard.features.arrivals import actions
from heard.features.arrivals.errors import RunCannotGoBack
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Arrived, Mark, Run, State
from heard.foundation.communities.actions import choose_level, join
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.actions import edit_message, reply_to, start_thread
from heard.foundation.conversation.models import Attachment, Hashtag, Mention, Reaction, Reply, Revision, Thread
from heard.foundation.people.models import Person, Unit
from tests.cast import a_person
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in
from tests.features.arrivals.exports import a_slack, said, stamp_of

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"
EVERYTHING = (
    Person,
    Community,
    Membership,
    Thread,
    Reply,
    Reaction,
    Attachment,
    Mention,
    Hashtag,
    Revision,
    Unit,
    Mark,
)


def counted():
    return {model: model.objects.count() for model in EVERYTHING}


def the_run():
    return Run.objects.latest("id")


def test_nothing_is_left_of_a_run_that_nobody_touched(talk):
    before = counted()
    bring_in(talk)
    gone = actions.take_back(the_run())
    assert counted() == before
    assert not Arrived.objects.exists()
    assert (gone.went["threads"], gone.went["replies"], gone.went["people"]) == (2, 2, 2)
    assert not +gone.kept
    assert the_run().state == State.LEFT


def test_taken_back_and_brought_in_again_it_is_what_it_was(talk):
    bring_in(talk)
    before = [(row.pk, row.html, row.reply_count) for row in Thread.objects.order_by("pk")]
    actions.take_back(the_run())
    bring_in(talk)
    assert [(row.pk, row.html, row.reply_count) for row in Thread.objects.order_by("pk")] == before
    assert_counts_are_right()


def test_what_somebody_said_since_stays_and_so_does_what_it_answers(talk):
    bring_in(talk)
    here = a_person("Helga Here")
    community = Community.objects.get()
    join(community, by=here)
    mine = start_thread(community=community, by=here, source="Good morning")
    first = Thread.objects.filter(reply_count=2).get()
    answer = Reply.objects.filter(thread=first).earliest("pk")
    said_since = reply_to(first, by=here, source="Is it still so?", parent=answer)

    gone = actions.take_back(the_run())

    assert set(Thread.objects.values_list("pk", flat=True)) == {mine.pk, first.pk}
    assert set(Reply.objects.values_list("pk", flat=True)) == {answer.pk, said_since.pk}
    assert gone.kept[reasons.ANSWERED_SINCE] == 2
    assert gone.kept[reasons.TALKED_IN_SINCE] == 1
    assert gone.kept[reasons.NEEDED_PERSON] == 2
    assert Membership.objects.filter(person=here).exists()
    assert_counts_are_right()


def test_what_was_kept_goes_when_nothing_hangs_on_it_any_more(talk):
    bring_in(talk)
    here = a_person("Helga Here")
    join(Community.objects.get(), by=here)
    since = reply_to(Thread.objects.filter(reply_count=2).get(), by=here, source="Wait")
    run = the_run()
    actions.take_back(run)
    Reply.objects.filter(pk=since.pk).delete()
    Membership.objects.filter(person=here).delete()
    run.refresh_from_db()
    actions.take_back(run)
    assert not Thread.objects.exists()
    assert not Community.objects.exists()
    with pytest.raises(RunCannotGoBack):
        actions.take_back(run)


def test_a_message_that_was_changed_here_stays(talk):
    bring_in(talk)
    thread = Thread.objects.filter(reply_count=0).get()
    edit_message(thread, by=thread.author, source="Better words")
    gone = actions.take_back(the_run())
    assert list(Thread.objects.values_list("source", flat=True)) == ["Better words"]
    assert gone.kept[reasons.CHANGED_SINCE] == 1


def test_an_account_that_was_here_stays_with_its_words(talk):
    anna = a_person("Anna Any", email="anna.lind@example.org")
    mine = start_thread(community=a_place(anna), by=anna, source="Mine")
    bring_in(talk)
    gone = actions.take_back(the_run())
    assert Person.objects.filter(pk=anna.pk).exists()
    assert list(Thread.objects.all()) == [mine]
    assert gone.kept[reasons.FILLED_ACCOUNT] == 1


def test_a_member_who_chose_something_since_stays_a_member(talk):
    anna = a_person("Anna Any", email="anna.lind@example.org")
    bring_in(talk)
    choose_level(Community.objects.get(), "everything", by=anna)
    gone = actions.take_back(the_run())
    assert Membership.objects.get().person == anna
    assert Community.objects.get().member_count == 1
    assert gone.kept[reasons.MEMBER_STAYS] == 1


def test_words_that_a_later_archive_changed_are_given_back(tmp_path):
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread")]}))
    edited = {"user": "U0ANNA001", "ts": stamp_of(9)}
    later = a_slack(tmp_path, {DAY: [said(1, "Bread, fresh", edited=edited), said(2, "More")]})
    bring_in(later)
    actions.take_back(the_run())
    thread = Thread.objects.get()
    assert (thread.source, thread.edited_at, Revision.objects.count()) == ("Bread", None, 0)
    told = bring_in(later)
    assert told["threads"] == 1
    assert set(Thread.objects.values_list("source", flat=True)) == {"Bread, fresh", "More"}


def test_stopped_in_the_middle_it_goes_on_when_it_is_begun_again(talk, monkeypatch):
    before = counted()
    bring_in(talk)
    run = the_run()
    with pytest.raises(KeyboardInterrupt):
        actions.take_back(run, progress=interrupt)
    run.refresh_from_db()
    assert (run.state, run.is_writing) == (State.DONE, False)
    assert run.went == {"replies": 2, "of": 9}
    actions.take_back(run)
    assert counted() == before
    assert the_run().went["of"] == sum(count for name, count in the_run().went.items() if name != "of")


def test_a_new_reaction_in_a_later_archive_comes_to_what_is_here(tmp_path):
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread", reactions=[{"name": "eyes", "users": ["U0ANNA001"]}])]}))
    more = [{"name": "eyes", "users": ["U0ANNA001", "U0BO00002"]}]
    told = bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread", reactions=more)]}))
    assert told["reactions"] == 1
    assert Thread.objects.get().reactions == {"👀": 2}
    assert_counts_are_right()


def interrupt(_done):
    raise KeyboardInterrupt


def a_place(person):
    from heard.foundation.communities.actions import start_community

    return start_community(name="Elsewhere", by=person)


def test_a_member_who_only_replied_since_stays_a_member(talk):
    anna = a_person("Anna Any", email="anna.lind@example.org")
    bring_in(talk)
    reply_to(Thread.objects.filter(reply_count=0).get(), by=anna, source="Mine")
    gone = actions.take_back(the_run())
    assert Membership.objects.filter(person=anna).exists()
    assert gone.kept[reasons.MEMBER_STAYS] == 2  # and who wrote what was answered
    assert_counts_are_right()
