"""Several at the same moment: a token counts once, a release loses nothing, and the log stays one chain."""

from collections import Counter

import pytest

from heard.features.ballots import queries
from heard.features.ballots.actions import publish, redeem, release, rewrite
from heard.features.ballots.errors import TokenWasUsed
from heard.features.ballots.models import Entry, Used
from heard.features.ballots.rules import is_unbroken
from tests.at_once import at_once, on_disk
from tests.features.ballots.speaking import ANSWERS, a_ballot, a_token, new_group

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_token_that_is_handed_in_by_many_at_once_counts_once(tmp_path):
    group = new_group()
    ballot = a_ballot(group)
    with on_disk(tmp_path):
        body = a_token(ballot, group).body(ANSWERS)
        refused = at_once(*[lambda: redeem(ballot, body)] * 6)
        assert [type(one) for one in refused] == [TokenWasUsed] * 5
        assert Used.objects.count() == 1
        assert release(ballot) == 1
        assert queries.tally(ballot)[group]["recommend"] == Counter({9: 1})


def test_a_release_beside_answers_that_come_in_loses_none_and_doubles_none(tmp_path):
    group = new_group()
    ballot = a_ballot(group)
    with on_disk(tmp_path):
        bodies = [a_token(ballot, group).body({"recommend": nth}) for nth in range(6)]
        deeds = [lambda body=body: redeem(ballot, body) for body in bodies]
        assert at_once(*deeds, lambda: release(ballot), rewrite, lambda: release(ballot)) == []
        release(ballot)
        assert queries.tally(ballot)[group]["recommend"] == Counter(range(6))
        assert Used.objects.count() == 6


def test_what_is_published_at_once_stands_in_one_chain(tmp_path):
    with on_disk(tmp_path):
        at_once(*[lambda nth=nth: publish("listener", f"{nth:032x}", "0" * 64) for nth in range(5)])
        lines = list(Entry.objects.order_by("number").values_list("number", "body", "hash"))
        assert [number for number, _body, _hash in lines] == [1, 2, 3, 4, 5]
        assert is_unbroken((body, said) for _number, body, said in lines)
