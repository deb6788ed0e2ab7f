"""The list of notices quotes nothing that its reader may read no longer, nor what is no longer said."""

import pytest

from heard.foundation.communities.actions import add_member, leave, remove_member
from heard.foundation.conversation.actions import edit_message, merge_thread, move_thread, reply_to, start_thread
from heard.foundation.conversation.models import Thread
from heard.foundation.notices.models import Notice
from heard.foundation.notices.queries import unseen_count
from tests.cast import browser_of
from tests.letters import work_off


def listed(person):
    return browser_of(person).get("/notices/").content.decode()


def secret(cast, **fields):
    named = f"@{cast.member.handle} the DISMISSAL of Bertrand"
    return start_thread(**{"community": cast.council, "by": cast.tender, "source": named, "title": "Plan B", **fields})


@pytest.mark.parametrize("ends", ["removed", "left"])
def test_whoever_belongs_no_longer_reads_no_quotation_at_once_and_is_told_of_nothing(cast, ends):
    secret(cast)
    assert "DISMISSAL" in listed(cast.member)
    if ends == "removed":
        remove_member(cast.council, cast.member, by=cast.tender)
    else:
        leave(cast.council, by=cast.member)
    page = listed(cast.member)
    assert "DISMISSAL" not in page
    assert "Plan B" not in page
    work_off()
    assert unseen_count(cast.member) == 0
    assert not Notice.objects.filter(person=cast.member).exists()


def test_the_name_of_a_private_community_goes_too(cast):
    add_member(cast.council, cast.outsider, by=cast.tender)
    assert "let you in" in listed(cast.outsider)
    remove_member(cast.council, cast.outsider, by=cast.tender)
    assert "let you in" not in listed(cast.outsider)


def test_leaving_an_open_community_takes_nothing_away(cast):
    secret(cast, community=cast.community)
    leave(cast.community, by=cast.member)
    work_off()
    assert "DISMISSAL" in listed(cast.member)


@pytest.mark.parametrize("way", ["moved", "merged", "merged twice"])
def test_what_goes_behind_doors_is_quoted_only_to_those_inside(cast, way):
    named = f"@{cast.member.handle} @{cast.newcomer.handle} WAGES"
    thread = start_thread(community=cast.community, by=cast.tender, source=named, title="Pay")
    reply_to(thread, by=cast.tender, source=f"@{cast.newcomer.handle} PENSIONS")
    assert "WAGES" in (page := listed(cast.newcomer)) or "PENSIONS" in page
    inside = start_thread(community=cast.council, by=cast.tender, source="Inside")
    thread = Thread.objects.get(pk=thread.pk)
    if way == "moved":
        move_thread(thread, cast.council, by=cast.tender)
    elif way == "merged":
        merge_thread(thread, inside, by=cast.tender)
    else:
        other = start_thread(community=cast.community, by=cast.tender, source="Other")
        merge_thread(thread, other, by=cast.tender)
        merge_thread(Thread.objects.get(pk=other.pk), inside, by=cast.tender)
    for _nth in range(2):
        page = listed(cast.newcomer)
        assert not {word for word in ("WAGES", "PENSIONS", "Pay") if word in page}
        assert "WAGES" in listed(cast.member)
        work_off()
    assert unseen_count(cast.newcomer) == 0


def test_an_author_still_reads_where_their_own_thread_went(cast):
    thread = start_thread(community=cast.community, by=cast.member, source="Mine", title="My thread")
    remove_member(cast.council, cast.member, by=cast.tender)
    reply_to(thread, by=cast.tender, source="An answer")
    move_thread(Thread.objects.get(pk=thread.pk), cast.council, by=cast.tender)
    work_off()
    page = listed(cast.member)
    assert "moved your thread" in page
    assert "An answer" not in page


def test_words_that_were_edited_away_are_quoted_no_longer(cast):
    thread = secret(cast)
    reply = reply_to(thread, by=cast.tender, source=f"@{cast.member.handle} OLDSALARY")
    page = listed(cast.member)
    assert "Plan B" in page
    edit_message(Thread.objects.get(pk=thread.pk), by=cast.tender, source="Nothing", title="Plan C")
    edit_message(reply, by=cast.tender, source="Not said")
    assert set(Notice.objects.filter(person=cast.member).values_list("title", "words")) == {
        ("Plan C", "Nothing"), ("Plan C", "Not said"),
    }  # fmt: skip
    page = listed(cast.member)
    assert "DISMISSAL" not in page
    assert "OLDSALARY" not in page
    assert "Plan B" not in page
