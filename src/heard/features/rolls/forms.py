"""What is sent about rolls, as clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.features.rolls.rules import FLOOR, HIGHEST


class SmallestForm(forms.Form):
    """How small a group may be."""

    k = forms.IntegerField(
        label=_("People in the smallest group"),
        help_text=_("This can be raised again later and never lowered."),
        min_value=FLOOR,
        max_value=HIGHEST,
    )
