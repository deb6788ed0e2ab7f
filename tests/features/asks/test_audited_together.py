"""Two asks of the same question that come to an end at once are each audited with the other in view."""

from typing import Any

import pytest
from django.db import connection, transaction

from heard.features.asks.actions import releasing
from heard.features.asks.actions.locking import alone_with, numbers_of
from heard.features.asks.models import Ask, Shown
from heard.features.asks.queries import ledger, questions_of
from tests.cast import Cast
from tests.features.asks.asking import AGREE, RECOMMEND, a_pulse, answer, now_in, tokens_for
from tests.features.rolls.companies import a_company

pytestmark = pytest.mark.django_db


def two_asks(cast: Cast) -> tuple[Ask, Ask]:
    """Two pulses with the same question, which ten people have answered."""
    company = a_company(Depot=10)
    asks = a_pulse(cast.administrator, AGREE), a_pulse(cast.administrator, AGREE)
    for ask in asks:
        answer(ask, tokens_for(ask, company["Depot"]), {"q1": 4}, {"q1": 2})
    return asks


def test_what_another_ask_showed_during_the_audit_is_looked_at_before_anything_is_kept(cast: Cast, monkeypatch: Any):
    ask, other = two_asks(cast)
    in_view: list[set[str]] = []
    audited = releasing.entry_of

    def entry_of(question: Any, ballot: str, *, is_last: bool) -> Any:
        entry = audited(question, ballot, is_last=is_last)
        if ballot == ask.ballot:
            in_view.append({one.ask for one in ledger.entries_about(question, releasing.today())})
            if len(in_view) == 1:
                releasing.close(other, other.ballot or "")
        return entry

    monkeypatch.setattr(releasing, "entry_of", entry_of)
    with now_in(ask, ask.closes_at - ask.opens_at):
        releasing.close(ask, ask.ballot or "")
    assert in_view == [set(), {other.ballot}]
    assert Shown.objects.count() == 2


def test_locks_of_the_same_questions_are_taken_in_the_same_order(cast: Cast):
    a_company(Depot=10)
    one = questions_of(a_pulse(cast.administrator, AGREE, RECOMMEND))
    other = questions_of(a_pulse(cast.administrator, RECOMMEND, AGREE))
    assert numbers_of(one) == numbers_of(other) == sorted(set(numbers_of(one)))
    assert len(numbers_of(one)) == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nobody_keeps_a_release_of_the_same_question_meanwhile(cast: Cast):
    ask, other = two_asks(cast)
    [number] = numbers_of(questions_of(other))
    session = connection.copy()
    try:
        with transaction.atomic(), session.cursor() as cursor:
            alone_with(questions_of(ask))
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            assert cursor.fetchone() == (False,)
        with session.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            assert cursor.fetchone() == (True,)
    finally:
        session.close()
