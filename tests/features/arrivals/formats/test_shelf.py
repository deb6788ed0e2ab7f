"""What an archive's reader remembers outside memory."""

from heard.features.arrivals.formats.shelf import Heaps, Seen, Shelf


def test_a_key_is_new_once():
    seen = Seen()

    assert [seen.is_new(key) for key in (1, 2, 1, "1", "1")] == [True, True, False, True, False]


def test_a_shelf_gives_what_was_put_there_last():
    shelf = Shelf()
    shelf.put("a", "1")
    shelf.put("a", "2")

    assert (shelf.get("a"), shelf.get("b")) == ("2", None)


def test_heaps_come_back_in_their_order():
    heaps = Heaps([(1, "x"), (2, "y"), (1, "z")])

    assert (list(heaps.at(1)), list(heaps.at(3))) == (["x", "z"], [])
