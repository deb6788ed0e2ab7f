"""What figures say: scores, shares and changes, each with an interval that holds whatever was left open."""

from collections.abc import Iterator
from itertools import product
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.features.asks.rules import Sides, band, change, net, picture_of, share, sides_of
from heard.features.asks.rules.scoring import narrowing
from heard.plumbing.disclosure import Figure, coarsened

ALMOST = 1e-9
COUNTS = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).filter(any)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Figures of three categories with something, or nothing, left open in each."""
    counts = draw(COUNTS)
    low = tuple(draw(st.integers(max(0, count - 3), count)) for count in counts)
    high = tuple(draw(st.integers(count, min(sum(counts), count + 3))) for count in counts)
    return Figure(sum(counts), low, high)


def fillings(figure: Figure) -> Iterator[tuple[int, ...]]:
    """Every tally that the figure allows."""
    ranges = (range(low, high + 1) for low, high in zip(figure.low, figure.high, strict=True))
    return (counts for counts in product(*ranges) if sum(counts) == figure.answers)


def value_of(counts: tuple[int, ...], *, is_reversed: bool = False) -> float:
    return 100 * (counts[2] - counts[0]) / sum(counts) * (-1 if is_reversed else 1)


@given(figures(), st.integers(0, 40), st.booleans())
def test_the_interval_holds_the_score_of_whatever_was_left_open(figure: Figure, silent: int, is_reversed: bool):
    sides = sides_of(figure, figure.answers + silent, is_reversed=is_reversed)
    if sides is None:
        assert figure.alike is not None
        return
    score = net(sides)
    assert -100 <= score.low <= score.value <= score.high <= 100
    for counts in fillings(figure):
        exact = sides_of(Figure(figure.answers, counts, counts), figure.answers + silent, is_reversed=is_reversed)
        assert exact is not None
        told = net(exact)
        assert told.value == pytest.approx(value_of(counts, is_reversed=is_reversed))
        assert score.low - ALMOST <= told.low <= told.high <= score.high + ALMOST


@given(figures(), figures(), st.integers(0, 40))
def test_the_interval_of_a_change_holds_it_whatever_was_left_open(figure: Figure, earlier: Figure, silent: int):
    now, before = (sides_of(one, one.answers + silent, is_reversed=False) for one in (figure, earlier))
    if now is None or before is None:
        return
    changed = change(now, before)
    then = [value_of(counts) for counts in fillings(earlier)]
    for counts in fillings(figure):
        assert changed.low - ALMOST <= value_of(counts) - max(then)
        assert value_of(counts) - min(then) <= changed.high + ALMOST


@given(COUNTS, st.integers(0, 40))
def test_a_reversed_question_scores_the_other_way_round(counts: tuple[int, int, int], silent: int):
    figure, invited = Figure(sum(counts), counts, counts), sum(counts) + silent
    straight, turned = (sides_of(figure, invited, is_reversed=way) for way in (False, True))
    assert straight is not None
    assert turned is not None
    assert isclose(net(straight).value, -net(turned).value)
    assert isclose(net(straight).low, -net(turned).high, abs_tol=ALMOST)


def test_a_score_is_the_share_of_one_side_less_that_of_the_other():
    score = net(Sides(60, 20, 100, 1000))
    reach = 1.96 * sqrt(0.643 / 101.5) * sqrt(900 / 999)
    assert score.value == pytest.approx(40)
    assert (score.low, score.high) == (
        pytest.approx(100 * (40 / 101.5 - reach), abs=0.1),
        pytest.approx(100 * (40 / 101.5 + reach), abs=0.1),
    )


def test_a_score_is_exact_where_everybody_answered():
    score = net(Sides(8, 1, 10, 10))
    assert (score.value, score.low, score.high) == (70, 70, 70)


def test_the_interval_knows_how_few_were_asked():
    assert round(narrowing(40, 50), 2) == 0.45
    few, many = net(Sides(24, 8, 40, 50)), net(Sides(24, 8, 40, 5000))
    assert few.margin < many.margin / 2


def test_of_nearly_all_who_said_the_same_there_is_no_score_but_words():
    picture = picture_of(coarsened((0, 0, 10)), "agree", [], 12, is_reversed=False)
    assert (picture.score, picture.is_alike, picture.words) == (None, True, "7 of 10 or more: agree")


def test_what_was_left_open_is_said_of_each_part_and_makes_the_interval_wider():
    figure = Figure(40, (8, 10, 16), (10, 14, 20))
    picture = picture_of(figure, "agree", [], 60, is_reversed=False)
    assert [part.percent for part in picture.segments] == ["20–25", "25–35", "40–50"]
    exact = picture_of(Figure(40, (9, 13, 18), (9, 13, 18)), "agree", [], 60, is_reversed=False)
    assert picture.score is not None
    assert exact.score is not None
    assert (picture.score.value, exact.score.value) == (22.5, 22.5)
    assert picture.score.margin > exact.score.margin + 100 * 3 / 40


def test_a_change_is_clear_only_where_chance_is_left_out():
    before = Sides(30, 30, 100, 200)
    assert change(Sides(34, 30, 100, 200), before).low < 0
    assert change(Sides(70, 10, 100, 200), before).low > 0


@given(st.integers(1, 60), st.data())
def test_the_interval_of_a_share_holds_it(n: int, data: st.DataObject):
    count, silent = data.draw(st.integers(0, n)), data.draw(st.integers(0, 60))
    found = share(count, n, n + silent)
    assert 0 <= found.low <= 100 * count / n + ALMOST
    assert 100 * count / n - ALMOST <= found.high <= 100
    assert isclose(found.value, 100 * count / n)


def test_a_share_has_the_interval_of_wilson_where_very_many_were_asked():
    found = share(10, 20, 10_000_000)
    half = 1.96 * sqrt(0.25 / 20 + 1.96**2 / 1600) / (1 + 1.96**2 / 20)
    assert found.high - 50 == pytest.approx(100 * half, abs=0.01)


@pytest.mark.parametrize(
    ("used", "invited", "quarter"), [(0, 8, 0), (1, 8, 0), (2, 8, 1), (4, 8, 2), (6, 8, 3), (8, 8, 3)]
)
def test_participation_is_said_in_quarters(used: int, invited: int, quarter: int):
    assert band(used, invited) == quarter
