"""Why something cannot be asked, one sentence each."""

from datetime import date

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.plumbing.refusals import Refusal


class MayNotAsk(Refusal):
    """Leaders ask their own units, stewards and administrators everybody."""

    status = 403
    sentence = gettext_lazy(
        "Leaders ask the units that they lead; stewards and administrators ask everybody. This audience is not yours."
    )


class QuestionIsUnclear(Refusal):
    """A question that was typed cannot be asked so."""

    def __init__(self, line: str, why: str) -> None:
        super().__init__(_("“%(line)s” cannot be asked so. %(why)s") % {"line": Truncator(line).chars(60), "why": why})


class WrongNumberOfQuestions(Refusal):
    """None, or too many."""

    def __init__(self, count: int, most: int) -> None:
        if count:
            words = _("These are %(count)s questions. Ask %(most)s at most.")
        else:
            words = _("Ask something: choose a ready question, or write one of your own.")
        super().__init__(words % {"count": count, "most": most})


class OpensTooEarly(Refusal):
    """Too little time for everybody to fetch a token."""

    def __init__(self, earliest: date) -> None:
        words = _(
            "It can open on %(day)s at the earliest: everybody’s browser needs three days to fetch its token, so that "
            "fetching one says nothing."
        )
        super().__init__(words % {"day": date_format(earliest)})


class WrongLength(Refusal):
    """It would be open for less than a day, or for longer than two months."""

    sentence = gettext_lazy("Let it be open for at least one day, and for 60 days at most.")


class OverlapsNextRun(Refusal):
    """A schedule in which a run opens before the one before it closed."""

    sentence = gettext_lazy("The next run would open before this one closes. Let it close sooner, or ask less often.")


class TooManyPolls(Refusal):
    """One person asks too much at once."""

    sentence = gettext_lazy("You have three polls under way. Wait until one of them is over.")


class MayNotPoll(Refusal):
    """Only members of a community ask it."""

    status = 403
    sentence = gettext_lazy("Members of a community ask it; join it first.")


class MayNotLookAfter(Refusal):
    """Only whoever asked, and stewards."""

    status = 403
    sentence = gettext_lazy("Only whoever asked this, and stewards, may do that.")


class TooSoonToRemind(Refusal):
    """Everybody was reminded lately, or it is not open."""

    sentence = gettext_lazy(
        "Everybody is reminded while it is open, and once in two days at most. Nobody can remind only those who did not"
        " answer, since nobody knows who they are."
    )


class CannotBeWithdrawn(Refusal):
    """It opened already, or it is a vote that a colleague was promised."""

    sentence = gettext_lazy("It can be withdrawn until it opens. What was answered since then counts, and is shown.")


class AnnouncedTooLate(Refusal):
    """The worker was away when it should have been announced."""

    sentence = gettext_lazy(
        "It could not be announced early enough before it opens for everybody’s browser to fetch a token."
    )


class NotOnASchedule(Refusal):
    """Nothing more would have come."""

    sentence = gettext_lazy("This is asked once, or was stopped already.")
