"""Why no roll was made, or no token handed out: one sentence each."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heard.plumbing.refusals import Refusal


class TooFewPeople(Refusal):
    """The audience as a whole is smaller than the smallest group."""

    def __init__(self, counted: int, k: int) -> None:
        super().__init__(
            ngettext(
                "At least %(k)s people must have signed in more than 30 days ago, so that nobody can be picked out;"
                " among those you would ask, %(n)s has.",
                "At least %(k)s people must have signed in more than 30 days ago, so that nobody can be picked out;"
                " among those you would ask, %(n)s have.",
                counted,
            )
            % {"k": k, "n": counted}
        )


class NobodyIsMeant(Refusal):
    """The units that were chosen are gone."""

    sentence = gettext_lazy("The part of the organisation that you chose is no longer there. Choose again.")


class NotInvited(Refusal):
    """The person is on no such roll."""

    status = 404
    sentence = gettext_lazy(
        "You are not among those who are asked here. Whoever had first signed in less than 30 days before the groups"
        " were frozen, or joined later, is asked the next time."
    )


class AlreadyIssued(Refusal):
    """Somebody asks for a second token."""

    status = 409
    sentence = gettext_lazy(
        "A token was already issued in your name, to another browser. Answer there, or carry it over from there."
    )


class TokenNotReady(Refusal):
    """Somebody who came after the opening has to wait, so that the clock tells nothing."""

    status = 409

    def __init__(self, until: datetime) -> None:
        words = _("Your token is handed out at %(time)s, so that nobody can tell by the clock which answer is yours.")
        super().__init__(words % {"time": date_format(localtime(until), "DATETIME_FORMAT")})


class RollIsClosed(Refusal):
    """It is over, or too little time is left for a wait that protects."""

    status = 410
    sentence = gettext_lazy("It is too late for a token: this closes before the wait that protects you could end.")


class MalformedRequest(Refusal):
    """What was sent is not what a browser of ours sends."""

    status = 400
    sentence = gettext_lazy("What your browser sent cannot be read. Reload the page, and try again.")


class MayNotRaise(Refusal):
    """Only administrators set how small a group may be."""

    status = 403
    sentence = gettext_lazy("Only an administrator may raise how small a group may be.")


class RaisedTooFar(Refusal):
    """So many in each group would leave one group at most, and could never be lowered again."""

    def __init__(self, k: int, people: int) -> None:
        super().__init__(
            ngettext(
                "%(n)s person can be asked: that makes no two groups of %(k)s, and it could never be lowered again.",
                "%(n)s people can be asked: that makes no two groups of %(k)s, and it could never be lowered again.",
                people,
            )
            % {"k": k, "n": people}
        )


class OnlyEverRaised(Refusal):
    """Somebody would lower it."""

    def __init__(self, k: int) -> None:
        super().__init__(
            _("It is %(k)s now and can only be raised: whoever answered so far was promised at least that many.")
            % {"k": k}
        )
