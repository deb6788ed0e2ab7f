"""What is refused about communities, in words."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class CommunityIsClosed(Refusal):
    """Nothing new may be said or joined."""

    sentence = _("This community was closed. What was said in it can still be read.")


class JoiningNeedsAsking(Refusal):
    """A closed community is joined by asking."""

    sentence = _("This community is joined by asking. Its tenders will answer.")


class NotATender(Refusal):
    """Only tenders look after a community."""

    status = 403
    sentence = _("Only those who tend this community may do that.")


class NameIsTaken(Refusal):
    """Two communities of one name would be confused."""

    sentence = _("There is a community of this name already.")


class LastTender(Refusal):
    """A community with members needs somebody who looks after it."""

    sentence = _("You are the last who tends this community. Make somebody else a tender first.")


class NotAMember(Refusal):
    """Something that only members may do."""

    sentence = _("Join the community first.")


class RequestIsSettled(Refusal):
    """Somebody else was quicker."""

    sentence = _("This request was answered already.")
