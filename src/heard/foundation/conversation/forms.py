"""What composers send, as clean values."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from heard.foundation.communities.queries import open_to_words_of, visible_to
from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.conversation.queries import Kind
from heard.plumbing.text import MESSAGE_LIMIT, TITLE_LIMIT

if TYPE_CHECKING:
    from heard.foundation.communities.models import Community
    from heard.foundation.people.models import Person

SPOKEN_KINDS = [(Kind.SHARE, _("Share")), (Kind.ASK, _("Ask")), (Kind.SUGGEST, _("Suggest"))]


class ManyFiles(forms.FileField):
    """Any number of files; a list, also when there is one or none."""

    widget = forms.FileInput
    max_bytes = settings.HEARD_UPLOAD_MB * 1_000_000

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(ManyFiles, self).clean(one, initial) for one in data or [] if one]


class MessageForm(forms.Form):
    """Words, files, and the mark by which a message that is sent twice is kept once."""

    source = forms.CharField(required=False, max_length=MESSAGE_LIMIT, strip=False, widget=forms.Textarea)
    files = ManyFiles(required=False, label=_("Files"), allow_empty_file=True)  # type: ignore[assignment]
    attached = forms.CharField(required=False, widget=forms.HiddenInput)
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].error_messages["max_length"] = _("This is too long: %(limit_value)d characters fit.")

    def _clean_fields(self) -> None:
        if hasattr(self.files, "getlist"):
            self.files = {self.add_prefix("files"): self.files.getlist(self.add_prefix("files"))}  # type: ignore[assignment]
        super()._clean_fields()  # type: ignore[misc]

    @property
    def attached_codes(self) -> list[str]:
        """Codes of what was uploaded by an earlier try of the same message."""
        return [code for code in str(self.data.get("attached", "")).split(",") if code][:20]


def named(place: "Community") -> str:
    """A community's name, and who may see it where that is not everybody: so it can be chosen without script."""
    if place.access in READ_BY_ALL:
        return place.name
    return f"{place.name} ({place.get_access_display()})"


class ThreadForm(MessageForm):
    """A new thread."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=SPOKEN_KINDS, widget=forms.RadioSelect, initial=Kind.SHARE)
    title = forms.CharField(label=_("Headline (if you like)"), required=False, max_length=TITLE_LIMIT)
    community = forms.ChoiceField(label=_("Where"))

    def __init__(self, *args: Any, person: "Person", chosen: "Community | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        places = open_to_words_of(person)
        if chosen and chosen not in places:
            places.insert(0, chosen)
        field = self.fields["community"]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(field)
        self.places = [chosen] if chosen else places
        field.choices = [(place.slug, named(place)) for place in places]
        field.widget.attrs |= {
            "hx-get": "/write/audience/",
            "hx-trigger": "change",
            "hx-target": "next .audience-words",
        }
        if chosen:
            field.initial = chosen.slug
        sent = str(self.data.get("community", ""))
        if sent and sent not in {place.slug for place in places}:
            field.choices = [*field.choices, (sent, sent)]

    def clean_community(self) -> "Community":
        """The community; one that the person cannot see is not there."""
        found = visible_to(self.person).filter(slug=self.cleaned_data["community"]).first()
        if found is None:
            raise forms.ValidationError(_("Choose one of your communities."))
        return found


class ReplyForm(MessageForm):
    """A reply, or an answer to one."""


class EditForm(forms.Form):
    """Changed words; a reply has no title."""

    source = forms.CharField(required=False, max_length=MESSAGE_LIMIT, strip=False, widget=forms.Textarea)
    title = forms.CharField(label=_("Headline (if you like)"), required=False, max_length=TITLE_LIMIT)


class ReasonForm(forms.Form):
    """Why something is reported or hidden."""

    because = forms.CharField(label=_("What is wrong?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
