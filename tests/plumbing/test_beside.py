"""Other processes work beside this one, and end with it."""

import os
import time

import pytest

from heard.plumbing.beside import Beside, Failed, ahead
from heard.plumbing.refusals import Refusal


def doubled(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def who(numbers: list[int]) -> list[int]:
    return [os.getpid() for _number in numbers]


def broken(numbers: list[int]) -> list[int]:
    raise ValueError(numbers)


def counted(most: int) -> list[int]:
    return list(range(most))


def refused(after: int):  # type: ignore[no-untyped-def]
    yield from range(after)
    raise Refusal("It is torn.")


def endless():  # type: ignore[no-untyped-def]
    while True:
        yield os.getpid()


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 1001])
def test_a_list_comes_back_in_its_order(count: int) -> None:
    with Beside(doubled, 2) as beside:
        assert beside.map(range(count)) == [2 * number for number in range(count)]
        assert beside.map(range(count)) == [2 * number for number in range(count)]


def test_the_work_is_done_elsewhere_by_as_many_as_were_asked_for() -> None:
    with Beside(who, 2) as beside:
        made = beside.map(range(40))
    assert len(set(made)) == 2
    assert os.getpid() not in made


def test_what_goes_wrong_there_is_said_here() -> None:
    with Beside(broken, 2) as beside, pytest.raises(Failed, match="ValueError"):
        beside.map(range(10))


@pytest.mark.parametrize("count", [0, 1, 200, 1234])
def test_items_come_in_their_order_from_one_that_reads_ahead(count: int) -> None:
    assert list(ahead(counted, count)) == list(range(count))


def test_a_refusal_there_is_a_refusal_here_after_what_came_before() -> None:
    items = ahead(refused, 250)
    assert [next(items) for _nth in range(200)] == list(range(200))
    with pytest.raises(Refusal, match="It is torn"):
        list(items)


def test_one_that_nobody_listens_to_any_more_ends() -> None:
    items = ahead(endless)
    process = next(items)
    items.close()
    for _nth in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("It is still there.")
