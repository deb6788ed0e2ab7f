"""What is refused about communities, in words."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class CommunityIsClosed(Refusal):
    """Nothing new may be said or joined."""

    sentence = _("This community is archived. What was said in it can still be read.")


class JoiningNeedsAsking(Refusal):
    """Some communities are joined by asking."""

    sentence = _("This community is joined by asking. Its tenders will answer.")


class NotATender(Refusal):
    """Only tenders look after a community."""

    status = 403
    sentence = _("Only those who tend this community may do that.")


class NameIsTaken(Refusal):
    """Two communities of one name would be confused."""

    sentence = _("There is a community of this name already.")


class NameIsEmpty(Refusal):
    """A community needs something to be called by."""

    sentence = _("Give the community a name.")


class SaidAmongMembers(Refusal):
    """A community cannot be opened to more people once something was said in it."""

    sentence = _(
        "What was said here was said to its members, so it cannot be opened to more people. "
        "Start a new community for that."
    )


class LastTender(Refusal):
    """A community with members needs somebody who looks after it."""

    sentence = _("Somebody must look after this community. Make somebody else a tender first.")


class SomebodyTends(Refusal):
    """A community is taken over only where nobody looks after it."""

    sentence = _("Somebody looks after this community already.")


class NotAMember(Refusal):
    """Something that only members may do."""

    sentence = _("Join the community first.")


class BelongsNot(Refusal):
    """Something that can only be done to a member."""

    sentence = _("This colleague does not belong to the community any more.")


class HasLeft(Refusal):
    """Nobody who left the organisation becomes a member."""

    sentence = _("This colleague does not work here any more.")


class NoSuchLevel(Refusal):
    """A level that is not offered."""

    sentence = _("Choose what you want to be told of.")


class RequestIsSettled(Refusal):
    """Somebody else was quicker."""

    sentence = _("This request was answered already.")
