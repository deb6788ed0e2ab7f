"""What is sent about archives, as clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A file that was exported elsewhere."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A Slack export (.zip), or a table of people (.csv, or a .zip of them)."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".zip,.csv,.tsv,.txt"}),
    )
