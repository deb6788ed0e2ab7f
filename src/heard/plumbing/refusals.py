"""What is said when something cannot be done: the base of every refusal that a person reads."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something was not done; `str()` of it is one clear, translated sentence that says why.

    A subclass sets `sentence`, or hands a sentence of its own to `super().__init__`. `status` is the HTTP
    status of the answer.
    """

    status = 422
    sentence: str | Promise = _("That cannot be done.")

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.sentence)
