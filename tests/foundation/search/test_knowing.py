"""Which words are known to whom: counted by who reads them, few of one document, forgotten when they are gone."""

import random

import pytest
from django.db import connection

from heard.foundation.communities.actions import add_member, start_community
from heard.foundation.communities.models import Access, Community
from heard.foundation.conversation.actions import delete_message, edit_message, hide_message
from heard.foundation.search.actions import fill, take_changes
from heard.foundation.search.models import Counted, Filling, KnownWord, Slip, Source
from heard.foundation.search.queries import how_full, search_for, tags_to_offer
from heard.foundation.search.queries.texts import said
from heard.foundation.search.queries.walking import Found
from heard.foundation.search.rules import OPEN, understood
from tests.cast import Cast, browser_of
from tests.foundation.search.conftest import answer, say

pytestmark = pytest.mark.django_db


def known(pool: int = OPEN) -> dict[str, int]:
    """Words of a pool and in how many documents they stand."""
    take_changes()
    return dict(KnownWord.objects.filter(pool=pool).values_list("word", "documents"))


def as_counted_anew() -> bool:
    """Whether all counts are what they would be if everything were counted now."""
    rows = KnownWord.objects.order_by("pool", "word").values_list("pool", "word", "documents")
    before, slips = list(rows), Slip.objects.count()
    with connection.cursor() as cursor:
        for table in ("counted", "knownword", "slip"):
            cursor.execute(f"DELETE FROM search_{table}")
    Filling.objects.filter(kind__in=[Source.WORDS, Source.NAME]).update(finished_at=None, down_to=None)
    fill()
    return before == list(rows.all()) and slips == Slip.objects.count()


def test_words_are_counted_by_who_reads_them(cast: Cast) -> None:
    thread = say(cast.community, cast.member, "zeppelin over the yard #depot")
    answer(thread, cast.member, "zeppelin indeed")
    say(cast.council, cast.member, "restructuring")
    assert known()["zeppelin"] == 2
    assert known()["#depot"] == 2
    assert "restructuring" not in known()
    assert known(cast.council.pk) == {"restructuring": 1}
    assert as_counted_anew()


def test_words_that_are_gone_are_forgotten_with_their_slips(cast: Cast) -> None:
    before, slips = known(), Slip.objects.count()
    thread = say(cast.community, cast.member, "zeppelin #depot")
    answer(thread, cast.member, "balloon")
    edited = say(cast.community, cast.member, "airship")
    assert {"zeppelin", "#depot", "balloon", "airship"} <= known().keys()
    edit_message(edited, by=cast.member, source="soup")
    assert "airship" not in known()
    delete_message(edited, by=cast.member)
    hide_message(thread, by=cast.tender, because="no")
    assert known() == before
    assert Slip.objects.count() == slips
    assert not Counted.objects.exists()


def test_words_follow_who_may_read_their_community(cast: Cast) -> None:
    thread = say(cast.community, cast.member, "zeppelin")
    answer(thread, cast.member, "zeppelin too")
    assert known()["zeppelin"] == 2
    Community.objects.filter(pk=cast.community.pk).update(access=Access.CLOSED)
    assert "zeppelin" not in known()
    assert known(cast.community.pk)["zeppelin"] == 2
    Community.objects.filter(pk=cast.community.pk).update(access=Access.OPEN)
    assert known(cast.community.pk) == {}
    assert known()["zeppelin"] == 2
    assert as_counted_anew()


def test_one_text_makes_few_words_known(cast: Cast) -> None:
    drawn = random.Random(1)
    words = {"".join(drawn.choices("abcdefghij", k=24)) for _nth in range(600)}
    before = len(known())
    thread = say(cast.community, cast.member, " ".join(words))
    assert len(known()) == before + 150
    assert as_counted_anew()
    delete_message(thread, by=cast.member)
    assert len(known()) == before


def test_members_are_forgiven_typing_errors_in_words_of_their_own_community_alone(cast: Cast) -> None:
    say(cast.council, cast.member, "restructuring #redundancy")
    take_changes()
    for typed in ("restrukturing", "restructurign", "restru"):
        assert search_for(cast.member, understood(typed)).results.hits
        assert not search_for(cast.outsider, understood(typed)).results.hits
    assert tags_to_offer(cast.member, "#redu") == ["redundancy"]
    assert tags_to_offer(cast.outsider, "#redu") == []
    add_member(cast.council, cast.outsider, by=cast.tender)
    assert search_for(cast.outsider, understood("restrukturing")).instead == "restructuring"


def test_words_of_before_are_counted_by_the_worker_and_nothing_is_missing_meanwhile(cast: Cast) -> None:
    for nth in range(5):
        say(cast.community, cast.member, f"zeppelin number {nth}")
    before = known()
    KnownWord.objects.all().delete()
    Counted.objects.all().delete()
    Slip.objects.all().delete()
    Filling.objects.filter(kind=Source.WORDS).update(finished_at=None, down_to=None)
    assert how_full() == 100
    assert len(search_for(cast.member, understood("zeppelin")).results.hits) == 5
    assert fill(batch=1)
    assert known() == before


def test_what_goes_between_looking_and_reading_is_left_out(cast: Cast) -> None:
    thread = say(cast.community, cast.member, "zeppelin")
    gone = [Found(1, kind, 1, thread.pk, 0, 0) for kind in (Source.REPLY, Source.FILE)]
    there = Found(2, Source.THREAD, thread.pk, thread.pk, 0, 0)
    assert [one.found for one in said([there, *gone, Found(3, Source.THREAD, 1, 1, 0, 0)])] == [there]


def test_the_same_wrong_word_is_corrected_once(cast: Cast) -> None:
    say(cast.community, cast.member, "zeppelin")
    take_changes()
    asked = []

    def note(execute, sql, parameters, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        assert search_for(cast.member, understood("zeppelim " * 6)).instead == " ".join(["zeppelin"] * 6)
    assert sum("search_slip" in sql for sql in asked) == 1


def test_whoever_asks_for_more_than_anybody_types_is_told_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heard.web.search.MOST_COSTLY", 3)
    start_community(name="Zeppelins", by=cast.tender)
    browser, other = browser_of(cast.member), browser_of(cast.outsider)
    assert [browser.get("/search/?q=nonsense").status_code for _nth in range(5)] == [200, 200, 200, 429, 429]
    assert "Please wait" in browser.get("/search/?q=nonsense").text
    assert other.get("/search/?q=nonsense").status_code == 200
