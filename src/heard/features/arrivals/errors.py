"""Why something could not be brought in, each as one sentence that a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.plumbing.refusals import Refusal


class ArchiveRefused(Refusal):
    """The file is not read at all; nothing was written."""


class NotAnArchive(ArchiveRefused):
    """The file is of no kind that Heard reads."""

    def __init__(self, name: str, looks_like: str = "") -> None:
        if looks_like:
            sentence = _("“%(name)s” looks like %(kind)s, which Heard cannot bring in.") % {
                "name": name,
                "kind": looks_like,
            }
        else:
            sentence = _("“%(name)s” is no archive that Heard knows.") % {"name": name}
        super().__init__(sentence)


class ArchiveIsEmpty(NotAnArchive):
    """Nothing is in it."""

    def __init__(self, name: str) -> None:
        ArchiveRefused.__init__(
            self, _("“%(name)s” is an empty archive: there is nothing in it to bring in.") % {"name": name}
        )


class WrongKindOfArchive(ArchiveRefused):
    """The file is of another kind than was asked for."""

    def __init__(self, name: str, wanted: str, looks_like: str) -> None:
        super().__init__(
            _("“%(name)s” looks like %(kind)s, not like %(wanted)s.")
            % {"name": name, "kind": looks_like, "wanted": wanted}
        )


class ArchiveIsDamaged(ArchiveRefused):
    """Part of the file cannot be read."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(_("“%(where)s” is damaged: %(why)s. Please export it again.") % {"where": where, "why": why})


class ArchiveIsUnsafe(ArchiveRefused):
    """The file could do harm: it climbs out of its folder, swells, or has no end."""


class TableIsUnreadable(ArchiveRefused):
    """A table of people lacks what is needed to know who is in it."""


class MayNotMoveIn(Refusal):
    """Only administrators bring archives in."""

    status = 403
    sentence = gettext_lazy("Only an administrator may bring in people and conversations.")


class RunIsUnderWay(Refusal):
    """Another archive is being brought in."""

    status = 409
    sentence = gettext_lazy("Another archive is being brought in at this moment. Please wait until it is done.")


class RunIsOver(Refusal):
    """The archive was brought in already, or is gone."""

    sentence = gettext_lazy("This archive was brought in already.")


class RunCannotGoBack(Refusal):
    """Only what was brought in, whole or in part, is taken back."""

    sentence = gettext_lazy("Nothing of this archive is here, so there is nothing to take back.")


class DaysAreCrossed(Refusal):
    """The time that was chosen ends before it begins."""

    sentence = gettext_lazy("The last day that you chose is before the first one.")


class CannotBeChosen(Refusal):
    """What was chosen of an archive is not in it, or means nothing."""


class NoSuchTarget(Refusal):
    """The community that everything should go into is gone, closed, or seen by others than before."""

    sentence = gettext_lazy("The community that you chose is gone, closed, or was opened to others. Choose again.")


class NoSuchCommunity(NoSuchTarget):
    """No community is called that, or none that they may see."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is no open community “%(name)s” here. Give the last part of its address.") % {"name": name[:80]}
        )


class DiskIsTooFull(Refusal):
    """What is to come would not fit."""

    def __init__(self, megabytes: int, free: int) -> None:
        super().__init__(
            _("This needs about %(need)s MB on the disk, and %(free)s MB are free. Nothing was brought in.")
            % {"need": f"{megabytes:,}", "free": f"{free:,}"}
        )


class MayNotSayWho(Refusal):
    """Only stewards say who somebody from an archive is."""

    status = 403
    sentence = gettext_lazy("Only a steward or an administrator may say who somebody from elsewhere is.")


class NotOneself(Refusal):
    """Who said something behind a closed door is not for the one who would gain by it to say."""

    status = 403
    sentence = gettext_lazy("This person is in a private community, so another steward has to say that they are you.")


class NotANewcomer(Refusal):
    """Only somebody who came with an archive and never signed in is joined to an account, and to one that is used."""

    sentence = gettext_lazy(
        "Choose somebody who came with an archive and never signed in, and an account of a colleague who has."
    )
