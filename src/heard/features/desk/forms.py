"""What is typed at the desk: whom one names, why something is hidden, and keys as the browser makes them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.features.voice.queries import Because
from heard.foundation.people.forms.fields import ColleagueField, UnitField
from heard.foundation.people.queries import MemberRequest


class NameForm(forms.Form):
    """A listener to be named."""

    person = ColleagueField(label=_("Colleague"))
    unit = UnitField(help_text=_("For this unit and what is below it; without one, for everybody."))

    def __init__(self, *args: Any, request: MemberRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].viewer = request.user  # type: ignore[attr-defined]
        self.fields["unit"].offer_units()  # type: ignore[attr-defined]


class HideForm(forms.Form):
    """Why something is taken off the desk."""

    because = forms.ChoiceField(label=_("Why is it hidden?"), choices=Because.choices, widget=forms.RadioSelect)


class KeyForm(forms.Form):
    """A key as the listener's browser made it; the passphrase is not among what is sent."""

    public = forms.CharField(max_length=100)
    wrapped = forms.CharField(max_length=500)


class PassphraseForm(forms.Form):
    """The same key under another passphrase."""

    wrapped = forms.CharField(max_length=500)
