"""Kinds of notices: which way each goes, which speaks for a fold, what it says, and why it came."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from heard.foundation.notices.models import Way, Why

AT_ONCE = frozenset({Why.MENTION, Why.REPLY, Why.MUST_READ})
"""The only kinds that are mailed and pushed unless a person asks for more."""
OUTSIDE = frozenset({Way.MAIL, Way.PUSH})
MUTABLE = frozenset({Why.MENTION, Why.REPLY, Why.THREAD})
"""What a muted thread tells nobody of. What tenders and authors have to know comes all the same."""
QUOTING = frozenset({Why.MENTION, Why.REPLY, Why.THREAD, Why.MUST_READ})
"""What quotes the message that it leads to."""
STRENGTH = {Why.MUST_READ: 0, Why.MENTION: 1, Why.REPORT: 2, Why.REPLY: 3, Why.THREAD: 9}
"""Which kind speaks for a fold that holds several: the lowest, and 5 for those that are not named here."""


def goes_by_default(why: str, way: str) -> bool:
    """Whether a kind goes a way as long as the person has not said otherwise."""
    return way in {Way.APP, Way.DIGEST} or why in AT_ONCE


def ways_of(why: str, switches: Iterable[tuple[str, bool]]) -> set[str]:
    """The ways that a kind goes for somebody with these switches (way and whether it is on) of that kind.

    A switch without a way is for the whole kind and outranks the others.
    """
    said = dict(switches)
    if said.get("") is False:
        return set()
    return {way.value for way in Way if said.get(way.value, goes_by_default(why, way))}


def may_stay(why: str, address: str, *, is_steward: bool) -> bool:
    """Whether a notice holds nothing of a thread or community that its reader may not read.

    Such are those that tell authors where their own thread went, and stewards what was reported.
    """
    if why in {Why.MOVED, Why.MERGED}:
        return address.startswith("/communities/")
    return why == Why.REPORT and address == "/reports/" and is_steward


def because(why: str) -> str:
    """Why a notice came, to be read after "You get this because"."""
    return {
        Why.MENTION: _("you are named"),
        Why.REPLY: _("it answers what you said"),
        Why.THREAD: _("you want to hear everything of this community"),
        Why.FOLLOW: _("it is you whom they follow"),
        Why.REQUEST: _("you tend this community"),
        Why.ADMITTED: _("you are a member now"),
        Why.REPORT: _("you look after what is reported"),
        Why.SETTLED: _("you reported it"),
        Why.TENDING: _("you are to tend this community"),
        Why.MOVED: _("you started this thread"),
        Why.MERGED: _("you started this thread"),
        Why.MUST_READ: _("everybody it concerns has to know it"),
        Why.ASK: _("you are among those who are asked"),
        Why.NOT_ASKED: _("it was you who asked, or you look after the network"),
    }[Why(why)]


def weight(why: str) -> int:
    """Which of several kinds speaks for all: the one with the lowest."""
    return STRENGTH.get(why, 5)  # type: ignore[call-overload,no-any-return]


def is_kind(why: str) -> bool:
    """Whether there is such a kind."""
    return why in Why.values


def occasion(why: str) -> str:
    """When a kind comes, to be read after "mail"."""
    return {
        Why.MENTION: _("when somebody mentions you"),
        Why.REPLY: _("when somebody replies to you"),
        Why.THREAD: _("when somebody starts a thread"),
        Why.FOLLOW: _("when somebody follows you"),
        Why.REQUEST: _("when somebody asks to join"),
        Why.ADMITTED: _("when somebody lets you in"),
        Why.REPORT: _("when somebody reports something"),
        Why.SETTLED: _("when somebody looked at what you reported"),
        Why.TENDING: _("when somebody asks you to tend a community"),
        Why.MOVED: _("when somebody moves your thread"),
        Why.MERGED: _("when somebody makes your thread part of another"),
        Why.MUST_READ: _("when somebody asks you to read something"),
        Why.ASK: _("when the organisation or a community asks you"),
        Why.NOT_ASKED: _("when something that you asked could not be announced"),
    }[Why(why)]


def sentence(why: str, names: str | SafeString, title: str | SafeString) -> SafeString:
    """What happened, as HTML: who, and in what where it is called something; both are escaped unless they are safe."""
    known = {
        Why.MENTION: _("{names} mentioned you in {title}"),
        Why.REPLY: _("{names} replied to you in {title}"),
        Why.THREAD: _("{names} started {title}"),
        Why.REQUEST: _("{names} asks to join {title}"),
        Why.ADMITTED: _("{names} let you into {title}"),
        Why.REPORT: _("{names} reported something in {title}"),
        Why.SETTLED: _("{names} looked at what you reported in {title}"),
        Why.TENDING: _("{names} asked you to tend {title}"),
        Why.MUST_READ: _("{names} asks you to read {title}"),
        Why.ASK: _("You are asked: {title}"),
        Why.NOT_ASKED: _("It could not be announced: {title}"),
    }
    if title and why in known:
        return format_html(known[Why(why)], names=names, title=title)
    return format_html("{} {}", names, Why(why).label)
