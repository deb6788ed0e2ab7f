"""What is sent about archives, as clean values."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from heard.features.arrivals.formats.messages_csv import FIELDS, why_no_messages
from heard.foundation.people.forms.fields import ColleagueField
from heard.plumbing.files import most_megabytes_at_once

if TYPE_CHECKING:
    from heard.foundation.people.models import Person


class UploadForm(forms.Form):
    """A file that was exported elsewhere."""

    file = forms.FileField(
        label=_("The file"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".zip,.csv,.tsv,.txt,.json,.jsonl,.tar,.gz,.tgz,.xz,.bz2"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "An export of Slack, Discourse, Zulip, Stack Exchange, Mattermost, Viva Engage or Teams as you got it, "
            "or a table of people or of messages (.csv, or a .zip of them). At most %(most)s MB: what is larger comes "
            "in on the server, by “heard import”."
        ) % {"most": number_format(most_megabytes_at_once(), force_grouping=True)}


class ChoicesForm(forms.Form):
    """What of an archive is wanted; the communities that it holds are offered to be left out."""

    since = forms.DateField(
        label=_("Conversations that began on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(label=_("and until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    into = forms.CharField(
        label=_("Into one community"),
        required=False,
        max_length=200,
        help_text=_("Its name, or the last part of its address. Left empty, each community becomes one here."),
        widget=forms.TextInput(attrs={"list": "targets", "autocomplete": "off", "dir": "auto"}),
    )
    left_out = forms.MultipleChoiceField(label=_("Leave out"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        there: Iterable[tuple[str, str]],
        columns: Mapping[str, str] | None = None,
        is_packed: bool = False,
        targets: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.is_packed, self.targets = list(columns or {}), is_packed, list(targets)
        for nth, (title, taken_for) in enumerate((columns or {}).items()):
            self.fields[f"column_{nth}"] = forms.ChoiceField(
                label=title, required=False, initial=taken_for, choices=[("", "–"), *((name, name) for name in FIELDS)]
            )
        field = self.fields["left_out"]
        if not isinstance(field, forms.MultipleChoiceField):
            raise TypeError(field)
        field.choices = list(there)

    def clean(self) -> dict[str, Any]:
        """Raises where the time ends before it begins."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        names = [f"column_{nth}" for nth in range(len(self.columns))]
        cleaned["mapping"] = {title: cleaned.pop(name, "") for title, name in zip(self.columns, names, strict=True)}
        if self.columns and (why := why_no_messages(cleaned["mapping"].values(), is_packed=self.is_packed)):
            self.add_error(None, why)
        into = cleaned.get("into", "").strip().rstrip("/").rpartition("/")[2]
        named = [slug for slug, name in self.targets if name.casefold() == into.casefold()]
        cleaned["into"] = named[0] if len(named) == 1 else into
        return cleaned


class WhoForm(forms.Form):
    """Which colleague somebody from an archive is."""

    account = ColleagueField(label=_("Colleague"))

    def __init__(self, *args: Any, viewer: "Person", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        if not isinstance(field, ColleagueField):
            raise TypeError(field)
        field.viewer = viewer
