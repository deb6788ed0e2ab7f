"""News crosses from process to process and reaches the pages that may hear it, and no others."""

import http.client

import pytest

from tests.plumbing.realtime.rig import Refusal, Rig


def test_what_one_process_announces_is_heard_by_a_page_on_every_bus(any_rig: Rig) -> None:
    page = any_rig.open("thread:1")

    any_rig.announce("thread:1 reply")

    assert page.hears() == ("thread:1", "reply")
