"""What composers send, as clean values."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.utils.choices import CallableChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from heard.foundation.communities.queries import open_to_words_of, visible_to
from heard.foundation.communities.rules import READ_BY_ALL, is_wider
from heard.foundation.conversation.errors import SameThread, WouldBeSeenByMoreNow
from heard.foundation.conversation.queries import Kind
from heard.foundation.conversation.queries.merging import merge_targets
from heard.foundation.conversation.queries.messages import thread_by_address
from heard.plumbing.text import MESSAGE_LIMIT, TITLE_LIMIT

if TYPE_CHECKING:
    from heard.foundation.communities.models import Community
    from heard.foundation.conversation.models import Attachment, Thread
    from heard.foundation.people.models import Person

SPOKEN_KINDS = [(Kind.SHARE, _("Share")), (Kind.ASK, _("Ask")), (Kind.SUGGEST, _("Suggest"))]


class ManyFiles(forms.FileField):
    """Any number of files; a list, also when there is one or none."""

    widget = forms.FileInput
    most_mb = settings.HEARD_UPLOAD_MB
    max_bytes = most_mb * 1_000_000

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(ManyFiles, self).clean(one, initial) for one in data or [] if one]


class MessageForm(forms.Form):
    """Words, files, and the mark by which a message that is sent twice is kept once.

    `kept` are the files that were taken in already, as the composer shows them; a view fills it.
    """

    source = forms.CharField(required=False, max_length=MESSAGE_LIMIT, strip=False, widget=forms.Textarea)
    files = ManyFiles(required=False, label=_("Files"), allow_empty_file=True)  # type: ignore[assignment]
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].error_messages["max_length"] = _("This is too long: %(limit_value)d characters fit.")
        self.attached_codes = self.codes_sent()
        self.kept: list[Attachment] = []

    def _clean_fields(self) -> None:
        if hasattr(self.files, "getlist"):
            self.files = {self.add_prefix("files"): self.files.getlist(self.add_prefix("files"))}  # type: ignore[assignment]
        super()._clean_fields()  # type: ignore[misc]

    def codes_sent(self) -> list[str]:
        """Codes of what came with the message before, each once and without the one that was just taken away."""
        sent = self.data.getlist("attached") if isinstance(self.data, MultiValueDict) else []
        return [code for code in dict.fromkeys(sent) if code and code != self.data.get("without")][:20]

    def uploads(self) -> list[tuple[UploadedFile[Any], str]]:
        """Each file that came with this try, with what the writer says that it shows."""
        described = self.data.getlist("described") if isinstance(self.data, MultiValueDict) else []
        sent = self.cleaned_data.get("files", [])
        return [(one, described[nth] if nth < len(described) else "") for nth, one in enumerate(sent)]

    @property
    def described(self) -> dict[str, str]:
        """What is said of pictures that came before, by their codes."""
        names = {code: f"describe-{code}" for code in self.attached_codes}
        return {code: str(self.data.get(name, "")) for code, name in names.items() if name in self.data}

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody without script only looks at a preview, or takes a file away, so that nothing is sent."""
        return "preview" in self.data or "without" in self.data


def named(place: "Community") -> str:
    """A community's name, and who may see it where that is not everybody: so it can be chosen without script."""
    if place.access in READ_BY_ALL:
        return place.name
    return f"{place.name} ({place.get_access_display()})"


class ThreadForm(MessageForm):
    """A new thread."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=SPOKEN_KINDS, widget=forms.RadioSelect, initial=Kind.SHARE)
    title = forms.CharField(label=_("Headline (if you like)"), required=False, max_length=TITLE_LIMIT)
    community = forms.CharField(
        label=_("Where"),
        error_messages={"required": _("Choose where to say it.")},
        widget=forms.Select(
            {"hx-get": "/write/audience/", "hx-trigger": "change", "hx-target": "next .audience-words"}
        ),
    )

    def __init__(self, *args: Any, person: "Person", chosen: "Community | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.chosen = chosen
        widget = self.fields["community"].widget
        if not isinstance(widget, forms.Select):
            raise TypeError(widget)
        widget.choices = CallableChoiceIterator(self.offered)  # asked for only where the form is shown
        if chosen:
            self.fields["community"].initial = chosen.slug

    @cached_property
    def places(self) -> "list[Community]":
        """Where this person may say something; the community whose page they come from stands first."""
        places = open_to_words_of(self.person)
        return [self.chosen, *places] if self.chosen and self.chosen not in places else places

    @property
    def place(self) -> "Community | None":
        """The community that is selected as the form is shown; nothing where somebody has yet to choose."""
        slug = self["community"].value()
        selected = [place for place in self.places if place.slug == slug]
        return next(iter(selected or self.places), None) if selected or len(self.places) == 1 else None

    def offered(self) -> list[tuple[str, str]]:
        """What the list of communities offers; what was sent is kept, whatever became of it.

        Where there are several and none is sure, none is chosen: nobody posts to a place they did not look at.
        """
        offered = [(place.slug, named(place)) for place in self.places]
        if self.chosen is None and len(offered) > 1:
            offered.insert(0, ("", str(_("Choose…"))))
        sent = str(self.data.get("community", ""))
        return offered if not sent or sent in dict(offered) else [*offered, (sent, sent)]

    def clean_community(self) -> "Community":
        """The community; one that the person cannot see is not there."""
        found = visible_to(self.person).filter(slug=self.cleaned_data["community"]).first()
        if found is None:
            raise forms.ValidationError(_("Choose one of your communities."))
        slug, _colon, access = str(self.data.get("shown", "")).rpartition(":")
        if slug == found.slug and is_wider(found.access, than=access):
            raise forms.ValidationError(WouldBeSeenByMoreNow.sentence)
        return found


class ReplyForm(MessageForm):
    """A reply, or an answer to one."""


class EditForm(MessageForm):
    """Changed words and files; a reply has no title."""

    title = forms.CharField(label=_("Headline (if you like)"), required=False, max_length=TITLE_LIMIT)


class MergeForm(forms.Form):
    """The thread into which another is merged: its number, or its address as it stands in the browser."""

    into = forms.CharField(label=_("Address of the other thread"), max_length=300)

    def __init__(self, *args: Any, person: "Person", thread: "Thread", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.thread = person, thread

    def clean_into(self) -> "Thread":
        """The thread; says of every other why it cannot be that one."""
        try:
            found = thread_by_address(self.person, self.cleaned_data["into"])
        except ObjectDoesNotExist as error:
            raise forms.ValidationError(_("No thread that you can read has this address.")) from error
        if found.pk == self.thread.pk:
            raise forms.ValidationError(SameThread.sentence)
        if found.is_gone or found.merged_into_id is not None:
            raise forms.ValidationError(_("That thread was deleted, hidden or merged. Choose another one."))
        if not merge_targets(self.person, self.thread).filter(pk=found.pk).exists():
            raise forms.ValidationError(
                _("You do not belong to its community, or more people can read what is said in it than here.")
            )
        return found


class ReasonForm(forms.Form):
    """Why something is reported or hidden."""

    because = forms.CharField(label=_("What is wrong?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
