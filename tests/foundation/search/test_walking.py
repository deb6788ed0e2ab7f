"""However far the walk goes before words are looked up, it finds the same: the newest that somebody may read."""

import random

import pytest

from heard.foundation.communities.actions import join, start_community
from heard.foundation.search.actions import take_changes
from heard.foundation.search.queries import walking
from heard.foundation.search.queries.narrowing import narrow
from heard.foundation.search.rules import understood
from tests.cast import Cast
from tests.foundation.search.conftest import say

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("furthest", [0, 25, 1_000])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.9])
def test_the_newest_that_match_and_may_be_read_are_found_however_far_it_walks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, furthest: int, share: float
) -> None:
    chance = random.Random(f"{furthest} {share}")
    closed = start_community(name="Night shift", by=cast.tender, access="private")
    join(closed, by=cast.tender)
    said = []
    for _nth in range(60):
        where = closed if chance.random() < 0.5 else cast.community
        matches = chance.random() < share
        thread = say(where, cast.tender, "peas and soup" if matches else "lentils and soup")
        said.append((thread, where, matches))
    take_changes()
    monkeypatch.setattr(walking, "LOOK", dict.fromkeys(walking.LOOK, 3))
    monkeypatch.setattr(walking, "FURTHEST", furthest)
    for viewer, reads in ((cast.tender, {closed, cast.community}), (cast.newcomer, {cast.community})):
        wanted = [thread.pk for thread, where, matches in reversed(said) if matches and where in reads]
        narrowed = narrow(viewer, understood("peas soup"))
        for limit in (2, 7, 60):
            found = walking.walk(viewer, narrowed.expression, narrowed.span, limit=limit)
            assert [one.thread for one in found] == wanted[:limit]
