"""Every address and every role: who gets what. `tests/addresses.txt` is the table; an address missing from it fails."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLResolver, get_resolver, resolve

from heard.foundation.communities.actions import ask_to_join, start_community
from heard.foundation.communities.models import Access, JoinRequest
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Report, Thread
from heard.foundation.notices.models import Notice
from heard.foundation.notices.rules import unsubscribing_address
from heard.foundation.people.actions import invite
from heard.foundation.people.models import Grant
from heard.foundation.previews.models import Preview
from tests.cast import Cast, browser_of

TABLE = Path(__file__).with_name("addresses.txt")
ROLES = ("nobody", "left", "outsider", "member", "tender", "steward", "administrator")


def rows() -> list[tuple[str, str, dict[str, int]]]:
    """Method, address and what each role gets."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            method, address, *statuses = line.split()
            found.append((method, address, dict(zip(ROLES, map(int, statuses), strict=True))))
    return found


@pytest.fixture
def world(cast: Cast) -> dict[str, object]:
    """What the names in the table stand for."""
    thread = actions.start_thread(community=cast.community, by=cast.member, source="#vans")
    reply = actions.reply_to(thread, by=cast.member, source="And")
    secret = actions.start_thread(community=cast.council, by=cast.member, source="Between us")
    hidden = actions.reply_to(secret, by=cast.member, source="Indeed")
    upload = SimpleUploadedFile("note.txt", BytesIO(b"words").getvalue())
    file = actions.attach(upload, by=cast.member)
    actions.start_thread(community=cast.council, by=cast.member, source="File", files=[file.code])
    closed = start_community(name="Night shift", by=cast.tender, access=Access.CLOSED)
    ask_to_join(closed, by=cast.outsider)
    actions.report(secret, by=cast.tender, because="Look")
    invitation, _code = invite(by=cast.steward, name="New")
    notice = Notice.objects.filter(person=cast.member).first()
    seen = Preview.objects.create(
        digest="d", url="https://example.org/", wanted_at=secret.created_at, title="Vans", code="c", picture=file.path
    )
    Thread.objects.filter(pk=secret.pk).update(preview=seen)
    request, report, grant = JoinRequest.objects.first(), Report.objects.first(), Grant.objects.first()
    assert notice
    assert request
    assert report
    assert grant
    return {
        "council": cast.council.slug,
        "thread": thread.pk,
        "reply": reply.pk,
        "secret": secret.pk,
        "hidden": hidden.pk,
        "file": file.code,
        "picture": seen.code,
        "request": request.pk,
        "report": report.pk,
        "invitation": invitation.pk,
        "notice": notice.pk,
        "grant": grant.pk,
        "token": unsubscribing_address(cast.member.pk, "digest").split("/")[-3],
    }


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(cast: Cast, world: dict[str, object], role: str) -> None:
    person = getattr(cast, role, None)
    wrong = {}
    for method, address, expected in rows():
        path = address.format(**world)
        with transaction.atomic():
            answer = browser_of(person).generic(method, path)
            if answer.streaming:
                answer.getvalue()  # the file is closed with its last byte
            transaction.set_rollback(True)
        if answer.status_code != expected[role]:
            wrong[f"{method} {address}"] = f"{answer.status_code}, not {expected[role]}"
    assert wrong == {}


def test_every_address_stands_in_the_table() -> None:
    named = {resolve(sample(address)).route for _method, address, _statuses in rows()}
    assert set(routes(get_resolver())) - named == set()


def sample(address: str) -> str:
    """The address with a number in place of each name."""
    return re.sub(r"{\w+}", "1", address)


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route, as it is written."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern)
