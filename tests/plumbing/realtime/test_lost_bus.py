"""A bus that goes away ends the streams, so that pages poll; when it is back they are let in again."""

from pathlib import Path

from tests.plumbing.realtime.rig import Rig
from tests.plumbing.realtime.servers import RedisServer, postgres_cut_off


def test_redis_goes_and_comes_back(tmp_path: Path, redis_server: RedisServer) -> None:
    with Rig(tmp_path, {"REDIS_URL": redis_server.url}) as rig:
        rig.allow(p7=["thread:1"])
        page = rig.open("thread:1")

        redis_server.stop()
        rig.announce("thread:1 reply")

        assert page.hears() is None

        redis_server.start()
        page = rig.open("thread:1")
        rig.announce_until_heard("thread:1 reply", page)


def test_postgresql_cuts_the_listener_off_and_is_asked_again(tmp_path: Path, postgres_url: str) -> None:
    with Rig(tmp_path, {"DATABASE_URL": postgres_url}) as rig:
        rig.allow(p7=["thread:1"])
        page = rig.open("thread:1")

        postgres_cut_off(postgres_url)

        assert page.hears() is None
        page = rig.open("thread:1")
        rig.announce("thread:1 reply")
        assert page.hears() == ("thread:1", "reply")
