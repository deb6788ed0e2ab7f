"""News crosses from process to process and reaches the pages that may hear it, and no others."""

import http.client
import signal

import pytest

from tests.plumbing.realtime.rig import Refusal, Rig, stop


def test_what_one_process_announces_is_heard_by_pages_at_every_other_on_every_bus(any_rig: Rig) -> None:
    with any_rig.beside() as other:
        pages = [any_rig.open("thread:1"), other.open("thread:1")]

        any_rig.announce("thread:1 reply")

        assert [page.hears() for page in pages] == [("thread:1", "reply")] * 2


def test_a_page_hears_its_topics_and_its_own_person_only(rig: Rig) -> None:
    page = rig.open("thread:1")

    rig.announce("thread:2 reply", "community:2 thread", "person:8 notice", "person:7 notice", "thread:1 edit")

    assert page.hears() == ("person:7", "notice")
    assert page.hears() == ("thread:1", "edit")


def test_a_topic_that_is_not_granted_is_not_heard_though_it_is_asked_for(rig: Rig) -> None:
    page = rig.open("thread:1,thread:66,person:8")

    rig.announce("thread:66 reply", "person:8 notice", "thread:1 reply")

    assert page.hears() == ("thread:1", "reply")


def test_what_a_burst_says_twice_is_heard_once(rig: Rig) -> None:
    page = rig.open("thread:1,community:2")

    rig.announce_together(*["thread:1 reaction", "community:2 reaction"] * 50, "thread:1 reply")

    assert [page.hears() for _ in range(3)] == [
        ("thread:1", "reaction"),
        ("community:2", "reaction"),
        ("thread:1", "reply"),
    ]


def test_a_burst_longer_than_the_queue_of_a_socket_arrives_whole(rig: Rig) -> None:
    rig.allow(p7=[f"thread:{number}" for number in range(100)])
    page = rig.open(",".join(f"thread:{number}" for number in range(100)))

    rig.announce(*[f"thread:{number} reply" for number in range(100)])

    assert {page.hears() for _ in range(100)} == {(f"thread:{number}", "reply") for number in range(100)}


def test_nobody_who_is_not_signed_in_is_let_in(rig: Rig) -> None:
    with pytest.raises(Refusal) as refused:
        rig.open("thread:1", person=99)
    assert refused.value.status == 401


@pytest.mark.parametrize(
    "topics", ["nonsense", "thread:x", "thread:1%0adata:x", ",".join(f"thread:{n}" for n in range(101))]
)
def test_topics_that_cannot_be_are_refused(rig: Rig, topics: str) -> None:
    with pytest.raises(Refusal) as refused:
        rig.open(topics)
    assert refused.value.status == 400


def test_the_pages_of_our_own_web_may_read_and_no_others(rig: Rig) -> None:
    ours = f"http://127.0.0.1:{rig.port}"

    page = rig.open("thread:1", Origin=ours)

    assert page.answer.headers["Access-Control-Allow-Origin"] == ours
    assert page.answer.headers["Access-Control-Allow-Credentials"] == "true"
    for elsewhere in (
        "null",
        "https://elsewhere.example",
        f"https://127.0.0.1:{rig.port}",
        f"http://localhost:{rig.port}",
        f"http://127.0.0.1:{rig.port + 2}",
        f"http://127.0.0.1:{rig.port}.elsewhere.example",
    ):
        with pytest.raises(Refusal) as refused:
            rig.open("thread:1", Origin=elsewhere)
        assert (refused.value.status, refused.value.readable_by) == (403, "")


def test_a_page_of_ours_may_read_why_it_is_not_let_in(rig: Rig) -> None:
    ours = f"http://127.0.0.1:{rig.port}"
    with pytest.raises(Refusal) as refused:
        rig.open("thread:1", person=99, Origin=ours)
    assert (refused.value.status, refused.value.readable_by) == (401, ours)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_foreign_page_cannot_open_a_stream_in_disguise_of_a_picture(rig: Rig, site: str) -> None:
    with pytest.raises(Refusal) as refused:
        rig.open("thread:1", Sec_Fetch_Site=site)
    assert refused.value.status == 403


def test_a_page_at_the_next_port_is_of_the_same_site_and_says_its_origin(rig: Rig) -> None:
    page = rig.open("thread:1", Origin=f"http://127.0.0.1:{rig.port}", Sec_Fetch_Site="same-site")
    assert page.answer.status == 200


@pytest.mark.parametrize("host", ["[::1", "x y", ""])
def test_a_malformed_host_is_refused_and_not_a_fault(rig: Rig, host: str) -> None:
    with pytest.raises(Refusal) as refused:
        rig.open("thread:1", Host=host, Origin="http://x")
    assert refused.value.status in {400, 403}


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/", 404), ("GET", "/home", 404), ("POST", "/stream", 405)]
)
def test_nothing_else_is_answered(rig: Rig, method: str, path: str, status: int) -> None:
    rig.open("thread:1")
    connection = http.client.HTTPConnection("127.0.0.1", rig.port + 1)

    connection.request(method, path, headers={"Cookie": "session=7"})

    assert connection.getresponse().status == status
    connection.close()


def test_a_person_may_have_twenty_pages_open_and_another_when_one_is_closed(rig: Rig) -> None:
    rig.allow(p20=["thread:1"])
    pages = [rig.open("thread:1", person=20) for _ in range(20)]
    with pytest.raises(Refusal) as refused:
        rig.open("thread:1", person=20)
    assert refused.value.status == 429

    pages[0].close()

    rig.open_soon("thread:1", person=20)


def test_a_page_stops_hearing_of_what_its_person_was_shut_out_of(rig: Rig) -> None:
    page = rig.open("thread:1,community:2")

    rig.allow(p7=["thread:1"])
    rig.announce("person:7 membership", "community:2 thread", "thread:1 reply")

    assert page.hears() == ("person:7", "membership")
    assert page.hears() == ("thread:1", "reply")


def test_a_page_begins_to_hear_of_what_its_person_was_let_into(rig: Rig) -> None:
    page = rig.open("thread:1,community:3")

    rig.allow(p7=["thread:1", "community:3"])
    rig.announce("person:7 membership")
    assert page.hears() == ("person:7", "membership")
    rig.announce("community:3 thread")

    assert page.hears() == ("community:3", "thread")


def test_what_is_only_watched_is_not_heard_but_shuts_the_page_out(rig: Rig) -> None:
    page = rig.open("thread:1,watch:5")

    rig.announce("watch:5 thread", "thread:1 reply")
    assert page.hears() == ("thread:1", "reply")
    rig.allow(p7=[])
    rig.announce("watch:5 membership", "thread:1 reply", "person:7 notice")

    assert page.hears() == ("person:7", "notice")


def test_signing_out_everywhere_ends_every_stream_of_the_person(rig: Rig) -> None:
    rig.allow(p7=["thread:1"], p8=["thread:1"])
    mine, theirs = [rig.open("thread:1"), rig.open("thread:1")], rig.open("thread:1", person=8)

    rig.announce("person:7 signed-out", "thread:1 reply")

    assert [page.hears() for page in mine] in ([None, None], [("person:7", "signed-out"), None])
    assert theirs.hears() == ("thread:1", "reply")


def test_a_stream_that_is_told_to_stop_ends_its_connections_and_clears_up(own_rig: Rig) -> None:
    page = own_rig.open("thread:1")

    stop(own_rig.stream)

    assert page.hears() is None
    assert list((own_rig.folder / "stream").iterdir()) == []


def test_the_socket_of_a_process_that_was_killed_is_cleared_away_by_the_next(own_rig: Rig) -> None:
    own_rig.open("thread:1")
    stop(own_rig.stream, signal.SIGKILL)
    dead = next((own_rig.folder / "stream").iterdir())

    own_rig.restart_stream()
    own_rig.open("thread:1")

    assert not dead.exists()
    assert len(list((own_rig.folder / "stream").iterdir())) == 1
