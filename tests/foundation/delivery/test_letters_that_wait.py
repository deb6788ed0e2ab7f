"""A letter that waits while the mail server is away says at last only what its reader may read then."""

import pytest
from django_tasks_db.models import DBTaskResult

from heard.foundation.communities.actions import remove_member
from heard.foundation.conversation.actions import delete_message, edit_message, hide_message, reply_to, start_thread
from heard.foundation.delivery.actions import send_digest
from heard.foundation.delivery.tasks import digests_due, mail_due
from heard.foundation.notices.actions import see_notices, turn_off
from heard.foundation.notices.models import Why
from heard.foundation.people.actions import end_access, note_bounce
from tests.letters import sent, work_off

NOBODY_THERE = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 5},
    }
}


@pytest.fixture
def waiting(cast, thread, later):
    """Two replies that Mina is to be mailed of, in a letter that waits in the queue."""
    replies = [reply_to(thread, by=cast.tender, source=words) for words in ("Leek", "Potato")]
    later(minutes=3)
    mail_due.func()
    return replies


def bodies() -> list[str]:
    """What goes out, also of what is written anew while the queue is worked off."""
    for _round in range(3):
        work_off()
    return [str(letter.body) for letter in sent()]


def is_forgotten() -> bool:
    """Whether the queue keeps nothing of any letter."""
    return all(not row.args_kwargs["kwargs"] for row in DBTaskResult.objects.filter(queue_name="mail"))


def test_what_changed_nothing_goes_out_as_it_was_written(waiting) -> None:
    [body] = bodies()
    assert "Leek" in body
    assert "Potato" in body
    assert DBTaskResult.objects.filter(queue_name="mail").count() == 1


def test_what_was_deleted_meanwhile_is_left_out(cast, waiting) -> None:
    delete_message(waiting[0], by=cast.tender)
    [body] = bodies()
    assert "Leek" not in body
    assert "Potato" in body
    assert is_forgotten()


def test_what_was_edited_meanwhile_is_told_as_it_is_now(cast, waiting) -> None:
    edit_message(waiting[0], by=cast.tender, source="Onion")
    [body] = bodies()
    assert "Leek" not in body
    assert "Onion" in body


@pytest.fixture
def digest(cast, later):
    """Threads in a digest of Mina's that waits in the queue."""
    said = (("Meeting", cast.council), ("Quiet", cast.community))
    threads = [start_thread(community=where, by=cast.tender, source=f"{what}!", title=what) for what, where in said]
    digests_due.func()
    later(hours=19)
    send_digest(cast.member.pk)
    return threads


def of_mina() -> list[str]:
    """What goes out to her."""
    bodies()
    return [str(letter.body) for letter in sent() if letter.to == ["mina.member@example.org"]]


def test_a_digest_that_nothing_changed_goes_out_once(digest) -> None:
    [body] = of_mina()
    assert "Meeting" in body
    assert "Quiet" in body


def test_what_a_digest_may_no_longer_say_is_left_out_of_it(cast, digest) -> None:
    remove_member(cast.council, person=cast.member, by=cast.tender)
    [body] = of_mina()
    assert "Meeting" not in body
    assert "Quiet" in body


def test_a_digest_of_nothing_any_more_is_none(cast, digest) -> None:
    for thread in digest:
        delete_message(thread, by=cast.tender)
    assert of_mina() == []


def test_where_nothing_is_left_nothing_goes_out(cast, waiting) -> None:
    hide_message(waiting[0], by=cast.tender, because="No")
    delete_message(waiting[1], by=cast.tender)
    assert bodies() == []
    assert is_forgotten()


@pytest.mark.parametrize("ended", ["access", "address", "kind", "seen"])
def test_who_left_or_wants_it_no_longer_gets_none(cast, thread, waiting, ended) -> None:
    if ended == "access":
        end_access(cast.member, by=cast.steward)
    elif ended == "address":
        note_bounce(cast.member.email, "550")
    elif ended == "kind":
        turn_off(Why.REPLY, by=cast.member)
    else:
        see_notices(cast.member)
    assert bodies() == []
    assert is_forgotten()


def test_who_was_removed_from_a_private_community_reads_no_more_of_it(cast, later) -> None:
    secret = start_thread(community=cast.council, by=cast.member, source="Between us", title="Pay")
    reply_to(secret, by=cast.tender, source="The budget is gone")
    later(minutes=3)
    mail_due.func()
    assert not is_forgotten()
    remove_member(cast.council, cast.member, by=cast.tender)
    assert not [body for body in bodies() if "budget" in body]


def test_a_letter_is_asked_again_at_each_try(cast, waiting, later, settings) -> None:
    settings.MAIL_HOST, settings.MAILERS = "127.0.0.1", NOBODY_THERE
    work_off()
    assert DBTaskResult.objects.get(status="READY").args_kwargs["kwargs"]["nth"] == 2
    for reply in waiting:
        delete_message(reply, by=cast.tender)
    later(hours=1)
    assert bodies() == []
    assert is_forgotten()
