"""An answer by mail becomes a reply, once, by the same rules as in a browser; a refusal is told in one sentence."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.incoming_mail.actions import Outcome, take_in
from heard.foundation.communities.actions import leave
from heard.foundation.conversation.actions import close_thread, delete_message, reply_to, start_thread
from heard.foundation.conversation.models import Attachment, Reply
from heard.foundation.people.actions import end_access, note_bounce
from heard.foundation.people.models import Bounce
from heard.plumbing import mail
from tests.letters import sent

pytestmark = pytest.mark.django_db
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def replies() -> list[str]:
    return list(Reply.objects.order_by("pk").values_list("source", flat=True))


def refusals() -> list[str]:
    """What was told to whom."""
    return [f"{one.to[0]}: {one.body}" for one in sent() if "not posted" in one.body]


def test_an_answer_becomes_a_reply_in_the_name_of_who_wrote_it(cast, thread, letter):
    quoted = "Soup it is.\n\nOn Mon, 23 Nov 2026 at 10:00, Heard <heard@example.org> wrote:\n> Shall we have soup?\n"
    assert take_in(letter(quoted).as_bytes()) == Outcome.POSTED
    reply = Reply.objects.get()
    assert (reply.author, reply.thread, reply.source) == (cast.tender, thread, "Soup it is.")


def test_an_answer_to_a_reply_stands_below_it(cast, thread, letter):
    first = reply_to(thread, by=cast.member, source="Or salad?")
    address = mail.reply_address(cast.tender.pk, "thread", thread.pk, first.pk)
    take_in(letter("Salad!").as_bytes(), recipient=address.upper())
    assert Reply.objects.get(parent=first).source == "Salad!"


def test_the_same_mail_is_posted_once_and_another_with_its_id_is_not_lost(letter):
    for _nth in range(3):
        assert take_in(letter().as_bytes()) == Outcome.POSTED
    take_in(letter("And bread.").as_bytes())
    take_in(letter("No name", Message_ID="").as_bytes())
    take_in(letter("No name", Message_ID="").as_bytes())
    assert replies() == ["Soup it is.", "And bread.", "No name"]


@pytest.mark.parametrize(
    ("written", "posted"),
    [
        ("@Mina Member, soup?", "@{handle}, soup?"),
        ("Ask @Mina Member.", "Ask @{handle}."),
        ("@{local} knows", "@{handle} knows"),
        ("@{handle} Knows It", "@{handle} Knows It"),
        ("@Mina Other and a@mina.example", "@Mina Other and a@mina.example"),
    ],
)
def test_a_colleague_is_mentioned_as_letters_and_mail_readers_write_them(cast, letter, written, posted):
    person = cast.member
    local = person.email.partition("@")[0]
    take_in(letter(written.format(local=local, handle=person.handle)).as_bytes())
    assert replies() == [posted.format(handle=person.handle)]


def test_files_come_along(cast, letter):
    message = letter("Look")
    message.add_attachment(b"1,2\n", maintype="text", subtype="csv", filename="list.csv")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="soup.png")
    message.add_attachment(b"BEGIN:VCARD", maintype="text", subtype="vcard", filename="tom.vcf")
    assert take_in(message.as_bytes()) == Outcome.POSTED
    take_in(message.as_bytes())
    assert sorted(Attachment.objects.filter(owner=cast.tender).values_list("name", flat=True))[0] == "list.csv"
    assert Attachment.objects.count() == 2
    assert not Attachment.objects.filter(reply=None).exists()


@pytest.mark.parametrize("sender", ["Tom <tom@elsewhere.example>", "a@b.example, tom.tender@example.org", ""])
def test_who_only_knows_the_address_is_refused_and_its_owner_told(cast, letter, sender):
    assert take_in(letter(From=sender).as_bytes()) == Outcome.REFUSED
    assert replies() == []
    [told] = refusals()
    assert told.startswith(cast.tender.email)
    assert "not yours here" in told


def test_a_forged_or_changed_address_is_nobodys(cast, letter, to_thread):
    changed = to_thread.replace(to_thread[12:15], "aaa")
    assert take_in(letter(To=changed).as_bytes()) == Outcome.NOT_OURS
    assert take_in(letter(To="replies+aaaa@heard.example.org").as_bytes()) == Outcome.NOT_OURS
    assert sent() == []


def test_only_mail_that_our_server_vouches_for_is_posted_where_that_is_asked(settings, letter):
    settings.HEARD_MAIL_AUTHSERV = "mx.example.org"
    forged = "mx.elsewhere.example; dmarc=pass header.from=example.org"
    assert take_in(letter(Authentication_Results=forged).as_bytes()) == Outcome.REFUSED
    good = "mx.example.org; dkim=pass header.d=example.org; spf=fail"
    assert take_in(letter(Authentication_Results=good).as_bytes()) == Outcome.POSTED


def test_what_may_no_longer_be_read_takes_no_answer(cast, letter):
    secret = start_thread(community=cast.council, by=cast.member, source="Between us")
    address = mail.reply_address(cast.tender.pk, "thread", secret.pk)
    outsider = mail.reply_address(cast.outsider.pk, "thread", secret.pk)
    assert take_in(letter(From=cast.outsider.email, To=outsider).as_bytes()) == Outcome.REFUSED
    assert "no longer yours" in refusals()[0]
    assert take_in(letter(To=address).as_bytes()) == Outcome.POSTED


def test_a_locked_or_deleted_thread_says_so(cast, thread, letter):
    close_thread(thread, by=cast.tender)
    assert take_in(letter().as_bytes()) == Outcome.REFUSED
    assert "This thread is locked" in refusals()[0]
    thread.refresh_from_db()
    delete_message(thread, by=cast.member)
    assert take_in(letter(Message_ID="<2@tom>").as_bytes()) == Outcome.REFUSED


def test_whoever_left_the_community_or_was_long_winded_is_told(cast, thread, letter):
    assert take_in(letter("x" * 60_000).as_bytes()) == Outcome.REFUSED
    assert "too long" in refusals()[0].lower()
    assert replies() == []


def test_nothing_but_a_quotation_is_told(letter):
    assert (
        take_in(letter("On Mon 1 Jan, Heard <h@x.org> wrote:\n> Shall we have soup?\n").as_bytes()) == Outcome.REFUSED
    )
    assert "no words of yours" in refusals()[0]


def test_a_refusal_is_told_once_an_hour_for_each_reason(letter):
    for nth in range(5):
        take_in(letter(From="x@y.example", Message_ID=f"<{nth}@x>").as_bytes())
    assert len(refusals()) == 1
    for nth in range(2):
        take_in(letter("", Message_ID=f"<{nth}@empty>").as_bytes())
    assert len(refusals()) == 2
    assert "no words of yours" in refusals()[1]


def test_nobody_who_left_posts_or_is_written_to(cast, letter):
    end_access(cast.tender, by=cast.steward)
    assert take_in(letter().as_bytes()) == Outcome.PASSED_OVER
    assert replies() == []
    assert sent() == []


def test_nobody_posts_more_than_a_person_writes(letter):
    outcomes = [take_in(letter(f"Number {nth}", Message_ID=f"<{nth}@tom>").as_bytes()) for nth in range(62)]
    assert outcomes.count(Outcome.POSTED) == 60
    assert outcomes[-1] == Outcome.REFUSED


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List-Id": "<all.example.org>"},
        {"X-Autoreply": "yes"},
        {"Return-Path": "<>"},
        {"Subject": "Automatic reply: Soup"},
        {"Subject": "Abwesenheitsnotiz: Soup"},
        {"Subject": "Réponse automatique : Soup"},
        {"Subject": "Out of Office Re: Soup"},
        {"Subject": "Automatisch antwoord: Soup"},
    ],
    ids=str,
)
def test_no_machine_is_posted_or_answered(letter, headers):
    message = letter("I am away until Monday.", **headers)
    assert take_in(message.as_bytes()) == Outcome.PASSED_OVER
    assert replies() == []
    assert sent() == []


def test_a_mail_without_a_sender_is_passed_over(letter):
    assert take_in(letter().as_bytes(), envelope_sender="") == Outcome.PASSED_OVER


def test_our_own_letters_never_come_back_as_replies(settings, letter):
    settings.DEFAULT_FROM_EMAIL = "Heard <heard@example.org>"
    assert take_in(letter(From="Heard <heard@example.org>").as_bytes()) == Outcome.PASSED_OVER
    assert sent() == []


def test_an_encrypted_mail_is_told(letter):
    message = letter()
    message.replace_header("Content-Type", 'application/pkcs7-mime; smime-type="enveloped-data"')
    assert take_in(message.as_bytes()) == Outcome.REFUSED
    assert "encrypted" in refusals()[0]


REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {who}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b--
"""


@pytest.mark.parametrize(("status", "noted"), [("5.1.1", 1), ("4.2.2", 0), ("5.2.2", 0), ("5.7.1", 0)])
def test_a_letter_that_came_back_for_good_is_noted(cast, status, noted):
    to = mail.bounce_address(cast.member.email)
    report = REPORT.format(to=to, who=cast.member.email, status=status)
    assert take_in(report.encode(), recipient=to, envelope_sender="") == Outcome.BOUNCE
    assert Bounce.objects.filter(address=cast.member.email).count() == noted


def test_nobody_makes_another_ones_address_bounce(cast):
    to = mail.bounce_address(cast.tender.email)
    report = REPORT.format(to=to, who=cast.member.email, status="5.1.1")
    assert take_in(report.encode(), recipient=to, envelope_sender="") == Outcome.PASSED_OVER
    assert take_in(report.replace(to, "replies@x.org").encode(), envelope_sender="") == Outcome.PASSED_OVER
    assert not Bounce.objects.exists()


def test_whom_no_mail_reaches_is_told_nothing_by_mail(cast, letter):
    note_bounce(cast.tender.email, "550")
    assert take_in(letter(From="x@y.example").as_bytes()) == Outcome.REFUSED
    assert sent() == []


def test_an_address_is_good_for_four_hundred_days(letter):
    message = letter()
    with time_machine.travel(timezone.now() + timedelta(days=399)):
        assert take_in(message.as_bytes()) == Outcome.POSTED
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert take_in(message.as_bytes()) == Outcome.NOT_OURS


def test_a_member_who_left_the_community_is_refused_as_in_a_browser(cast, thread, letter):
    address = mail.reply_address(cast.member.pk, "thread", thread.pk)
    leave(cast.community, by=cast.member)
    outcome = take_in(letter(From=cast.member.email, To=address).as_bytes())
    assert outcome == Outcome.REFUSED
    assert replies() == []
