"""How a figure is drawn and said: what stands where in a bar, and the sentence beside it."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from heard.features.asks.rules.scoring import Score, Share, Sides, net, share
from heard.plumbing.disclosure import Figure

SIDES = ("against", "between", "for")
"""Of three categories, what is unfavourable, neither, and favourable; the other way round for reversed questions."""


@dataclass(frozen=True)
class Segment:
    """A part of a bar that is 100 wide: at least so many of the answers."""

    label: str
    x: float
    width: float
    most: float
    tone: str

    @property
    def percent(self) -> str:
        """Its share, as people read it: 30, or 30–43 where that was left open."""
        least, most = round(self.width), round(self.most)
        return str(least) if least == most else f"{least}–{most}"


@dataclass(frozen=True)
class Picture:
    """A figure as it is shown: a bar, words, and a score unless nearly all said the same (`is_alike`)."""

    answers: int
    segments: list[Segment]
    words: str
    score: Score | None
    is_exact: bool
    is_alike: bool

    @property
    def score_told(self) -> str:
        """The score with its sign."""
        return signed(self.score.value) if self.score else ""

    @property
    def margin_told(self) -> str:
        """Half its interval."""
        return str(round(self.score.margin)) if self.score else ""

    @property
    def low_told(self) -> str:
        """Where its interval begins."""
        return signed(self.score.low) if self.score else ""

    @property
    def high_told(self) -> str:
        """Where it ends."""
        return signed(self.score.high) if self.score else ""


def signed(number: float) -> str:
    """A whole number with its sign, a minus that is as wide as a plus."""
    rounded = round(number)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{number_format(abs(rounded))}"


def labels_of(kind: str, options: list[str]) -> list[str]:
    """What the categories of a kind are called."""
    return {
        "agree": [_("disagree"), _("neither"), _("agree")],
        "recommend": [_("0 to 6"), _("7 or 8"), _("9 or 10")],
        "vote": [_("disagree"), _("pass"), _("agree")],
        "comment": [_("comments")],
    }.get(kind, options)


def tones_of(kind: str, count: int, *, is_reversed: bool) -> list[str]:
    """The colour of each category."""
    if kind in {"agree", "recommend", "vote"}:
        return list(reversed(SIDES)) if is_reversed else list(SIDES)
    return [f"option{nth % 4}" for nth in range(count)]


def picture_of(figure: Figure, kind: str, options: list[str], invited: int, *, is_reversed: bool) -> Picture:
    """What is shown of a figure of a group in which so many were asked."""
    labels = labels_of(kind, options)
    tones = tones_of(kind, len(labels), is_reversed=is_reversed)
    x, segments = 0.0, []
    for label, low, high, tone in zip(labels, figure.low, figure.high, tones, strict=True):
        width, most = (100 * count / figure.answers if figure.answers else 0.0 for count in (low, high))
        segments.append(Segment(label, x, width, most, tone))
        x += width
    sides = sides_of(figure, invited, is_reversed=is_reversed) if kind in {"agree", "recommend", "vote"} else None
    score = net(sides) if sides else None
    return Picture(
        figure.answers,
        segments,
        words_of(figure, labels),
        score,
        figure.is_exact,
        not figure.is_exact and figure.alike is not None,
    )


def sides_of(figure: Figure, invited: int, *, is_reversed: bool) -> Sides | None:
    """Both sides of a figure of three categories; nothing where nearly all said the same, or nobody answered."""
    if not figure.answers or (not figure.is_exact and figure.alike is not None):
        return None
    (least_negative, _low, least_positive), (most_negative, _high, most_positive) = figure.low, figure.high
    positive, negative = (least_positive + most_positive) / 2, (least_negative + most_negative) / 2
    slack = (most_positive - least_positive + most_negative - least_negative) / 2
    if is_reversed:
        negative, positive = positive, negative
    return Sides(positive, negative, figure.answers, invited, slack)


def words_of(figure: Figure, labels: list[str]) -> str:
    """The figure in words: how many answered what, or what is left of that where nearly all said the same."""
    if figure.is_exact:
        return " · ".join(f"{label} {number_format(low)}" for label, low in zip(labels, figure.low, strict=True))
    if figure.alike is not None:
        words = _("%(n)s of %(all)s or more: %(label)s")
        return words % {"n": figure.low[figure.alike], "all": figure.answers, "label": labels[figure.alike]}
    ranges = zip(labels, figure.low, figure.high, strict=True)
    return " · ".join(f"{label} {low}" if low == high else f"{label} {low}–{high}" for label, low, high in ranges)


def shares_of(figure: Figure, invited: int) -> list[Share] | None:
    """The share of each option of a choice, where nothing was left open."""
    if not figure.is_exact or not figure.answers:
        return None
    return [share(count, figure.answers, invited) for count in figure.low]
