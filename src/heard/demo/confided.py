"""What the demo company's people say to the listeners without their name, and what became of it."""

from dataclasses import dataclass

AGREED_ON = "The list of near misses should be up each Friday: what was reported, and what was done about it."
"""What one of them has opened to everyone, and all may vote on."""
OFFERED = "The December rota came out nine days before it starts; two weeks were promised, and should be kept."
"""What a listener has read and would open, if the writer agrees: whoever has the receipt may."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: who writes, of what kind, and what happens to it how many days ago, in words or by a word.

    What happens is "says", "replies", "notes", "offers" (a text), "hides" (a reason), or "sees", "agrees", "decides",
    "finishes", "wishes".
    """

    writer: str
    kind: str
    steps: tuple[tuple[int, str, str], ...]
    is_the_visitors: bool = False


TALKS = (
    Talk(
        "agnieszka",
        "concern",
        (
            (
                9,
                "says",
                "The rota for December came out nine days before it starts. In spring two weeks were promised. I am not"
                " the only one here who has given up planning anything.",
            ),
            (8, "sees", ""),
            (
                8,
                "replies",
                "Thank you for writing. You are right about the two weeks, and nobody has said that the promise was"
                " broken. We have asked the planners why. Would it help if changes after that needed your agreement?",
            ),
            (8, "notes", "The planners say they wait for the volumes of two customers. Ask Siobhan on Monday."),
            (2, "says", "Yes, that would help more than the two weeks."),
            (2, "wishes", "The December rota came out nine days before it starts, and two weeks were promised."),
            (1, "offers", OFFERED),
        ),
        is_the_visitors=True,
    ),
    Talk(
        "callum",
        "thought",
        (
            (
                23,
                "says",
                "We report near misses and never hear again. A short list each Friday would do: what was reported, and"
                " what was done about it.",
            ),
            (20, "sees", ""),
            (20, "replies", "That is a good idea, and it costs nothing. May we show it to everyone?"),
            (13, "offers", AGREED_ON),
            (6, "agrees", AGREED_ON),
            (5, "decides", ""),
            (4, "replies", "Safety puts the list up from this Friday on. Thank you."),
            (4, "finishes", ""),
        ),
    ),
    Talk(
        "mo",
        "report",
        (
            (
                22,
                "says",
                "Twice this month I was asked to write a shorter time on the card than I drove. I was told that"
                " everybody does it.",
            ),
            (21, "sees", ""),
            (
                21,
                "replies",
                "Thank you. This is serious, and we look into it together with the safety adviser, without naming"
                " anybody. If you still have the dates, they would help.",
            ),
            (15, "says", "I have both dates, and they are not mine alone. I will not write them here."),
        ),
    ),
    Talk(
        "denise",
        "concern",
        (
            (
                16,
                "says",
                "Agency colleagues have no water at the far bays, and walk ten minutes for it.",
            ),
            (15, "sees", ""),
            (15, "replies", "We did not know. Facilities have been asked for two fountains."),
            (6, "decides", ""),
        ),
    ),
    Talk(
        "ella",
        "thought",
        ((8, "says", "Let new starters choose their mentor after the first week. Mine was on leave."), (7, "sees", "")),
    ),
    Talk(
        "stacey",
        "concern",
        (
            (13, "says", "Whoever thought up the new bonus is an idiot, and so are all the others."),
            (12, "hides", "abuse"),
        ),
    ),
    Talk(
        "fiona",
        "question",
        ((1, "says", "Will the night shift be merged with the day shift after Christmas? Nobody says yes or no."),),
    ),
)
