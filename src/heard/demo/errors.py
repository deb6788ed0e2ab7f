"""What stands in the way of the demo company moving in."""

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal


class SomebodyElseIsHere(Refusal):
    """People who are not of the demo company are in this database."""

    sentence = _("People are here already. The demo company moves in beside them only with --beside.")
