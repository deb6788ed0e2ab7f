"""Where a result leads: to the very reply, whose address has its anchor."""

import pytest

from heard.foundation.search.actions import take_changes
from heard.foundation.search.queries import find
from heard.foundation.search.rules import understood
from tests.cast import Cast, browser_of
from tests.foundation.search.conftest import answer, say

pytestmark = pytest.mark.django_db


def test_a_found_reply_opens_at_the_reply(cast: Cast) -> None:
    answer(say(cast.community, cast.member, "Where?"), cast.tender, "behind the silo")
    take_changes()
    url = find(cast.member, understood("silo")).hits[0].url
    address, _, anchor = url.partition("#")
    assert anchor
    assert f'id="{anchor}"' in browser_of(cast.member).get(address).text
