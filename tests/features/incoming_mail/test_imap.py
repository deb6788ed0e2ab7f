"""Mail is fetched from a mailbox: posted once, and put away only then."""

import pytest

from heard.features.incoming_mail.actions import Outcome, take_in
from heard.foundation.conversation.models import Reply
from heard.plumbing.mail.fetching import MailboxIsAway, fetch, quoted
from tests.mailbox import Mailbox, mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def box():
    with mailbox() as box:
        yield box


def take(raw: bytes) -> bool:
    return take_in(raw) != Outcome.NOT_OURS


def test_an_answer_in_the_mailbox_is_posted_and_marked_as_read(box: Mailbox, letter) -> None:
    box.put(letter().as_bytes())
    assert fetch(box.settings, take) == 1
    assert fetch(box.settings, take) == 0
    assert [reply.source for reply in Reply.objects.all()] == ["Soup it is."]


@pytest.mark.parametrize("can_move", [True, False])
def test_what_was_posted_is_moved_where_a_folder_is_named_and_the_rest_stays(box: Mailbox, letter, can_move) -> None:
    box.can_move = can_move
    box.settings["done"] = "Done"
    ours, other = box.put(letter().as_bytes()), box.put(b"From: x@y.example\r\n\r\nAn offer")
    assert fetch(box.settings, take) == 2
    assert list(box.folders["Done"]) == [ours]
    assert list(box.folders["INBOX"]) == [other]


def test_what_could_not_be_taken_stays_unread_and_holds_up_nothing(box: Mailbox, letter) -> None:
    first, second = box.put(letter("One").as_bytes()), box.put(letter("Two").as_bytes())

    def trip(raw: bytes) -> bool:
        if b"One" in raw:
            raise RuntimeError("the database is away")
        return take(raw)

    assert fetch(box.settings, trip) == 1
    assert box.unread() == [first]
    assert second in box.folders["INBOX"]
    fetch(box.settings, take)
    assert sorted(Reply.objects.values_list("source", flat=True)) == ["One", "Two"]


def test_a_look_that_broke_off_after_posting_posts_nothing_twice(box: Mailbox, letter) -> None:
    number = box.put(letter().as_bytes())
    fetch(box.settings, take)
    box.flags[number].clear()
    fetch(box.settings, take)
    assert Reply.objects.count() == 1


def test_a_look_ends_between_two_mails_when_it_is_told_to(box: Mailbox, letter) -> None:
    for text in ("One", "Two", "Three"):
        box.put(letter(text).as_bytes())
    assert fetch(box.settings, take, stopped=lambda: Reply.objects.count() == 2) == 2
    assert box.unread() == [3]


def test_a_mail_that_no_one_can_read_is_looked_at_once(box: Mailbox, letter) -> None:
    box.put(letter().as_bytes().replace(b"Subject:", b"X: y\n" * 600 + b"Subject:"))
    box.put(letter("Two").as_bytes())
    assert fetch(box.settings, take) == 2
    assert fetch(box.settings, take) == 0
    assert [reply.source for reply in Reply.objects.all()] == ["Two"]


def test_of_a_mail_that_is_too_large_no_more_is_fetched_than_shows_it(box: Mailbox, letter) -> None:
    box.put(letter("x" * 5000).as_bytes())
    seen: list[int] = []
    fetch(box.settings, lambda raw: bool(seen.append(len(raw))), most=1000)
    assert seen == [1001]
    assert box.unread() == []


def test_a_mailbox_that_is_away_or_shut_is_said_in_words(box: Mailbox) -> None:
    for wrong in ({"password": "wrong"}, {"folder": "Nowhere"}, {"port": 1}):
        with pytest.raises(MailboxIsAway):
            fetch({**box.settings, **wrong}, take)


def test_names_of_folders_are_written_as_imap_writes_them() -> None:
    assert quoted("Done & over") == '"Done &- over"'
    assert quoted("Entwürfe") == '"Entw&APw-rfe"'
