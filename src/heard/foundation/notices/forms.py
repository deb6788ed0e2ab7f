"""How somebody wants to be told, and the browser that they want to be told on."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.foundation.notices.queries import RHYTHMS, WAYS

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def clock(label: Any) -> forms.TimeField:
    """A time of the day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class PreferencesForm(forms.Form):
    """Digest, quiet hours and the budget of a day."""

    rhythm = forms.ChoiceField(label=_("Digest"), choices=RHYTHMS)
    digest_hour = forms.TypedChoiceField(label=_("It comes at"), choices=HOURS, coerce=int)
    quiet_from = clock(_("Quiet from"))
    quiet_until = clock(_("until"))
    is_quiet_at_weekends = forms.BooleanField(label=_("Quiet on Saturdays and Sundays"), required=False)
    most_mails = forms.IntegerField(
        label=_("Most mails a day"),
        min_value=0,
        max_value=50,
        help_text=_("What is over goes into your digest."),
    )
    most_pushes = forms.IntegerField(
        label=_("Most on your devices a day"), min_value=0, max_value=100, help_text=_("What is over you find here.")
    )

    def clean(self) -> dict[str, Any]:
        """Cuts seconds off, which nobody meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("quiet_from", "quiet_until"):
            if isinstance(at := cleaned.get(name), time):
                cleaned[name] = at.replace(second=0, microsecond=0)
        return cleaned


class KindForm(forms.Form):
    """Which ways one kind goes."""

    ways = forms.MultipleChoiceField(choices=WAYS, required=False)


class DeviceForm(forms.Form):
    """A browser's push subscription; what it holds is looked at where it is kept."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)
    label = forms.CharField(max_length=80, required=False)
