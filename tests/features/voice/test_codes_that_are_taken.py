"""A code that stands for something else already is refused by us: PostgreSQL writes down what it refuses itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse

from heard.features.ballots.models import Used
from heard.features.voice.actions import answer, begin, say
from heard.features.voice.errors import CodeIsTaken
from heard.features.voice.models import Message, Thread
from heard.features.voice.rules import beginning_in, message_in, reply_in
from heard.plumbing.base64url import encode
from tests.at_once import at_once, on_disk
from tests.features.voice.conversing import Writer, an_audience, padded, post, written

CONCERN = "The new rota came out four days before it started."


@contextmanager
def refused_by_the_database() -> Iterator[list[str]]:
    """Collects the statements that the database refuses, each of which PostgreSQL's log would hold."""
    found: list[str] = []

    def watched(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            found.append(sql)
            raise

    with connection.execute_wrapper(watched):
        yield found


@pytest.fixture
def writer(db) -> Writer:
    writer = Writer(an_audience())
    assert writer.begins(CONCERN).status_code == 204
    return writer


def refused(deed: Callable[[], HttpResponse]) -> bool:
    """Whether it was refused in our words alone, and cost neither a token nor a row."""
    before = Thread.objects.count(), Message.objects.count(), Used.objects.count()
    with refused_by_the_database() as found:
        came = deed()
    after = Thread.objects.count(), Message.objects.count(), Used.objects.count()
    is_said = str(CodeIsTaken()) in came.content.decode()
    return (came.status_code, is_said, found, after) == (409, True, [], before)


@pytest.mark.parametrize("taken", ["thread", "lookup"])
def test_a_conversation_under_anothers_code_or_receipt_is_refused_and_costs_no_token(writer, taken):
    other = Writer(writer.audience)
    if taken == "thread":
        other.thread = writer.thread
    else:
        other.lookup = writer.lookup
    assert refused(lambda: other.begins("Something else.", token=writer.audience.token()))
    assert writer.words() == [CONCERN]


def test_a_message_under_the_code_of_another_conversation_is_refused(writer):
    other = Writer(writer.audience)
    assert other.begins("Something else.").status_code == 204
    message = written(other.thread, "writer", {"text": "More", "pictures": []}, other.readers())
    message["code"] = Message.objects.get(thread=writer.thread).code
    assert refused(lambda: post("/voice/reply/", padded({"lookup": encode(other.lookup), "message": message})))
    with refused_by_the_database() as found, pytest.raises(CodeIsTaken):
        answer(Thread.objects.get(code=other.thread), message_in(message))
    assert (found, other.words()) == ([], ["Something else."])


def test_a_conversation_whose_first_message_has_anothers_code_is_refused_and_not_begun(writer):
    other = Writer(writer.audience)
    said = other.beginning("Something else.", token=writer.audience.token())
    said["message"]["code"] = Message.objects.get().code
    assert refused(lambda: post("/voice/", padded(said)))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no log")
def test_the_databases_log_holds_nothing_of_a_code_that_is_taken(writer):
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        log = Path(cursor.fetchone()[0]) / "log"
    before = len(log.read_bytes())
    other = Writer(writer.audience)
    other.thread = writer.thread
    assert other.begins("Something else.", token=writer.audience.token()).status_code == 409
    assert writer.thread not in log.read_bytes()[before:].decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_under_one_code_at_once_one_is_heard(tmp_path):
    first = Writer(an_audience())
    second = Writer(first.audience)
    second.thread = first.thread
    with on_disk(tmp_path):
        both = [beginning_in(padded(one.beginning(CONCERN, token=first.audience.token()))) for one in (first, second)]
        deeds = [lambda said=said: begin(said, takes_strangers=False) for said in both]
        assert [type(one) for one in at_once(*deeds)] == [CodeIsTaken]
        assert (Thread.objects.count(), Message.objects.count(), Used.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_again_while_the_first_is_on_its_way_is_there_once_and_leaves_no_gap(tmp_path):
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    with on_disk(tmp_path):
        message = written(writer.thread, "writer", {"text": "More", "pictures": []}, writer.readers())
        said = reply_in(padded({"lookup": encode(writer.lookup), "message": message}))
        reply = message_in(written(writer.thread, "listener", {"text": "We know", "pictures": []}, writer.readers()))
        thread = Thread.objects.get()
        twice = [lambda: say(said)] * 2 + [lambda: answer(thread, reply)] * 2
        assert at_once(*twice) == []
        assert list(Message.objects.order_by("place").values_list("place", flat=True)) == [0, 1, 2]
