"""Requests that no page of ours sends: one sentence, and no line in a log that anybody could fill."""

import json
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client

from tests.features.ballots.speaking import a_ballot, new_group, send_body

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["keys.json", "audit.json", "redeem/"])
def test_a_name_that_no_database_can_hold_is_not_there_either(address, caplog):
    method = "POST" if address == "redeem/" else "GET"
    answer = Client().generic(method, f"/ballots/%00/{address}", b"{}")
    assert (answer.status_code, set(json.loads(answer.content)), caplog.records) == (404, {"refused"}, [])


def test_more_than_anybody_needs_to_send_is_refused_and_not_logged(caplog):
    answer = send_body(a_ballot(new_group()), b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert (answer.status_code, set(json.loads(answer.content)), caplog.records) == (413, {"refused"}, [])


def test_who_goes_away_in_the_middle_leaves_no_line_in_a_log(caplog):
    class Broken(BytesIO):
        def read(self, size=-1):
            raise ConnectionResetError

    address = f"/ballots/{a_ballot(new_group())}/redeem/"
    answer = Client().post(address, b"{}", content_type="text/plain", **{"wsgi.input": Broken()})
    assert (answer.status_code, set(json.loads(answer.content)), caplog.records) == (400, {"refused"}, [])


@pytest.mark.parametrize(
    ("asked", "lines"), [("1", 2), ("2", 1), ("9" * 18, 0), ("9" * 19, 2), ("9" * 5_000, 2), ("-1", 2), ("²", 2)]
)
def test_the_log_is_read_from_any_number_and_as_a_whole_from_what_is_none(asked, lines, caplog):
    a_ballot(new_group())
    a_ballot(new_group())
    answer = Client().get("/ballots/log.json", {"from": asked})
    assert (answer.status_code, len(json.loads(answer.content)), caplog.records) == (200, lines, [])
