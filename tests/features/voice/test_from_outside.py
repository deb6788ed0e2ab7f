"""Whoever writes without a token: pictures are counted for each address and for all together, words are not."""

import pytest

from heard.features.voice import actions, views
from heard.features.voice.actions import settling
from heard.features.voice.models import Message, Thread
from heard.features.voice.rules import BODY_WITH_PICTURES
from heard.plumbing.base64url import encode
from tests.features.voice.conversing import Writer, an_audience, new_code, padded, post

pytestmark = pytest.mark.django_db
FIRST, SECOND = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def writer(settings) -> Writer:
    settings.HEARD_REPORTS_FROM_OUTSIDE = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    writer = Writer(an_audience(strangers=True))
    assert writer.begins("Bills are paid twice.", kind="report", token=None).status_code == 204
    return writer


def adds_pictures(writer, address, length=1_048_576):
    boxes = dict.fromkeys(writer.readers(), encode(bytes(113)))
    message = {"code": new_code(), "sealed": encode(bytes(length + 28)), "boxes": boxes}
    body = padded({"lookup": encode(writer.lookup), "message": message}, BODY_WITH_PICTURES)
    return post("/voice/reply/", body, **{"x-forwarded-for": address}).status_code


def test_pictures_from_one_address_and_from_all_of_them_are_limited_by_the_hour_and_words_are_not(writer, monkeypatch):
    monkeypatch.setattr(views, "MOST_PICTURES", 2)
    monkeypatch.setattr(views, "MOST_PICTURES_OF_ALL", 3)
    assert [adds_pictures(writer, FIRST, 4_096) for _nth in range(3)] == [204, 204, 429]
    assert [adds_pictures(writer, SECOND, 4_096) for _nth in range(2)] == [204, 429]
    assert writer.says("I have more of them.").status_code == 204
    member = Writer(writer.audience)
    assert member.begins("The rota came late.").status_code == 204
    assert [adds_pictures(member, FIRST, 4_096) for _nth in range(3)] == [204] * 3


def test_what_is_long_is_not_written_anew_for_nothing(writer, monkeypatch):
    actions.settle()
    assert settling.are_few()
    sealed = sum(len(one.sealed) for one in Message.objects.all())
    monkeypatch.setattr(settling, "FEW_BYTES", sealed + 1)
    assert settling.are_few()
    assert adds_pictures(writer, FIRST, 4_096) == 204
    assert not settling.are_few()
    actions.settle()
    assert Thread.objects.get().is_settled
