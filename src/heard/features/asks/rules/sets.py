"""Ready questions that are free to use, each set with its licence."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """A ready question; `key` names it in forms."""

    key: str
    kind: str
    text: str
    is_reversed: bool = False


@dataclass(frozen=True)
class ReadySet:
    """Questions of one source, and what its licence wants to be said."""

    code: str
    name: str | Promise
    licence: str | Promise
    credit: str | Promise
    items: tuple[Item, ...]


def agreements(code: str, *texts: str) -> tuple[Item, ...]:
    """Questions of five-point agreement; a leading minus marks one that is scored the other way round."""
    return tuple(
        Item(f"{code}-{nth}", "agree", text.removeprefix("-"), is_reversed=text.startswith("-"))
        for nth, text in enumerate(texts, 1)
    )


TRUST = ReadySet(
    "trust",
    _("Trust, in our own words"),
    _("CC0: free for everybody"),
    _("Written for Heard. Use, change and share them without asking."),
    agreements(
        "trust",
        "When something goes wrong here, we are told the truth about it.",
        "We are asked before decisions are made that change our work.",
        "When I raise something, I get an answer.",
        "Decisions about people are made fairly here.",
        "I can disagree with my manager without having to fear for it.",
        "The last time we were asked, something changed because of it.",
        "-Here it is wiser to keep quiet about problems.",
    ),
)
RECOMMEND = ReadySet(
    "recommend",
    _("Recommend score"),
    _("Method free to use"),
    _(
        "Counted as an employee net promoter score is. Net Promoter, Net Promoter Score and NPS are marks of "
        "Bain & Company, NICE Systems and Fred Reichheld, with whom Heard is not connected."
    ),
    (Item("recommend-1", "recommend", "How likely is it that you would recommend working here to a friend?"),),
)
WORDS = ReadySet(
    "words",
    _("In their own words"),
    _("CC0: free for everybody"),
    _("Written for Heard. Comments are stored apart from scores, and shown from ten of a group on."),
    (
        Item("words-1", "comment", "What is the one thing that you would change?"),
        Item("words-2", "comment", "What should stay exactly as it is?"),
    ),
)
FEVS = ReadySet(
    "fevs",
    _("Federal Employee Viewpoint Survey, core items"),
    _("Public domain"),
    _("U.S. Office of Personnel Management, a work of the United States government."),
    agreements(
        "fevs",
        "I have trust and confidence in my supervisor.",
        "My supervisor listens to what I have to say.",
        "My supervisor treats me with respect.",
        "My organization’s senior leaders maintain high standards of honesty and integrity.",
        "I have a high level of respect for my organization’s senior leaders.",
        "Managers communicate the goals of the organization.",
        "I can disclose a suspected violation of any law, rule or regulation without fear of reprisal.",
        "I feel encouraged to come up with new and better ways of doing things.",
        "My workload is reasonable.",
        "I recommend my organization as a good place to work.",
        "I believe the results of this survey will be used to make my agency a better place to work.",
    ),
)
CIVIL_SERVICE = ReadySet(
    "csps",
    _("Civil Service People Survey"),
    _("Open Government Licence v3.0"),
    _("Contains public sector information of the UK Cabinet Office licensed under the Open Government Licence v3.0."),
    agreements(
        "csps",
        "I think it is safe to challenge the way things are done in my organisation.",
        "I believe that senior managers in my organisation will take action on the results from this survey.",
        "I have the opportunity to contribute my views before decisions are made that affect me.",
        "My organisation keeps me informed about matters that affect me.",
        "I feel that change is managed well in my organisation.",
        "When changes are made in my organisation they are usually for the better.",
        "Senior managers in my organisation are sufficiently visible.",
        "I believe the actions of senior managers are consistent with my organisation’s values.",
        "Overall, I have confidence in the decisions made by my organisation’s senior managers.",
        "I have an acceptable workload.",
        "I am proud when I tell others I am part of my organisation.",
        "I would recommend my organisation as a great place to work.",
    ),
)
READY_SETS = (TRUST, RECOMMEND, FEVS, CIVIL_SERVICE, WORDS)
"""Ready sets by the name that a question keeps of its set."""
ITEMS = {item.key: (one, item) for one in READY_SETS for item in one.items}
"""Every ready question by key, with its set."""
