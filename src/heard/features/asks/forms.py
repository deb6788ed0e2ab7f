"""What is sent about asks, as clean values."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from heard.features.asks import rules
from heard.features.asks.errors import OpensTooEarly, WrongLength
from heard.plumbing.ids import drawn_code
from heard.plumbing.refusals import Refusal

RHYTHMS = [
    (0, _("Once")),
    (1, _("Every week")),
    (2, _("Every two weeks")),
    (4, _("Every four weeks")),
    (13, _("Every quarter")),
    (26, _("Every half year")),
    (52, _("Every year")),
]


def line(label: Any, length: int, **options: Any) -> forms.CharField:
    """One line, in whichever direction it is written."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, max_length=length, widget=widget, **options)


def lines(label: Any, length: int, rows: int, **options: Any) -> forms.CharField:
    """Several."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=length, widget=widget, **({"required": False} | options))


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, as browsers send it."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


@dataclass(frozen=True)
class Offered:
    """A ready set in the form: each item with whether it is chosen, and whether the set lies open."""

    ready: rules.ReadySet
    items: list[tuple[rules.Item, bool]]
    is_open: bool


def offered(ready: rules.ReadySet, chosen: Collection[str], *, is_first: bool) -> Offered:
    """The first set lies open, and every set of which something is chosen."""
    items = [(item, item.key in chosen) for item in ready.items]
    return Offered(ready, items, is_first or any(is_chosen for _item, is_chosen in items))


@dataclass(frozen=True)
class Takes:
    """How long something takes to answer, about, and whether that is too long for many."""

    told: str
    is_long: bool


class SentOnce(forms.Form):
    """A form that asks the same once, however often it is sent: the code of the ask is drawn with the form."""

    code = forms.CharField(required=False, widget=forms.HiddenInput, initial=drawn_code)

    def clean_code(self) -> str:
        """Nothing, where it is not what the form was sent with."""
        code = str(self.cleaned_data["code"])
        return code if re.fullmatch(r"[0-9a-f]{32}", code) else ""


class PulseForm(SentOnce):
    """A pulse: questions, whom it goes to, when, and how often."""

    title = line(_("Title"), 150)
    intro = lines(
        _("Why you ask"), 1000, 2, help_text=_("And what will be done with the answers. Everybody reads it first.")
    )
    ready = forms.MultipleChoiceField(label=_("Ready questions"), required=False)
    own = lines(_("Questions of your own"), 5000, 3)
    units = forms.TypedMultipleChoiceField(
        label=_("Only these parts, with all below them"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opens_on = day(_("Opens on"))
    closes_on = day(_("Last day"))
    every_weeks = forms.TypedChoiceField(label=_("How often"), coerce=int, choices=RHYTHMS, initial=0)

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], may_ask_all: bool, earliest: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        chosen = set(self["ready"].value() or ())
        self.sets = [offered(one, chosen, is_first=nth == 0) for nth, one in enumerate(rules.READY_SETS)]
        self.fields["ready"].choices = [(key, item.text) for key, (_set, item) in rules.ITEMS.items()]  # type: ignore[attr-defined]
        self.fields["units"].choices = units  # type: ignore[attr-defined]
        self.fields["units"].required = not may_ask_all
        self.fields["units"].error_messages["required"] = _("Choose at least one part that you lead.")
        if may_ask_all:
            self.fields["units"].help_text = _("Choose none to ask everybody.")
        if not units:
            del self.fields["units"]
        self.fields["opens_on"].widget.attrs["min"] = earliest.isoformat()
        usual = max(earliest, earliest - rules.NOTICE + rules.USUAL_NOTICE)
        self.fields["opens_on"].initial = usual
        self.fields["closes_on"].initial = usual + rules.USUAL_LENGTH
        self.drafts: list[rules.Draft] = []

    @property
    def takes(self) -> Takes | None:
        """How long it takes to answer what stands in it; nothing where that is nothing, or cannot be read."""
        try:
            drafts = [*rules.chosen(self["ready"].value() or ()), *rules.typed(self["own"].value() or "")]
        except Refusal:
            return None
        seconds = rules.seconds_for(draft.kind for draft in drafts)
        return Takes(rules.length_told(seconds), seconds > rules.SOON_DONE) if drafts else None

    @property
    def chosen_units(self) -> list[str]:
        """The names of the parts that it goes to; nothing where that is everybody."""
        names = dict(self.fields["units"].choices) if "units" in self.fields else {}  # type: ignore[attr-defined]
        return [str(names[unit]).lstrip("– ") for unit in self.cleaned_data["units"]]

    def clean_own(self) -> str:
        """Says which line cannot be asked so."""
        words = str(self.cleaned_data["own"])
        try:
            rules.typed(words)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        return words

    def clean(self) -> dict[str, Any]:
        """Puts the questions together, and says which day cannot be."""
        cleaned = dict(super().clean() or self.cleaned_data)
        if "own" in cleaned and "ready" in cleaned:
            try:
                self.drafts = rules.fit_to_ask([*rules.chosen(cleaned["ready"]), *rules.typed(cleaned["own"])])
            except Refusal as refusal:
                self.add_error("own", str(refusal))
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and opens_on < self.earliest:
            self.add_error("opens_on", str(OpensTooEarly(self.earliest)))
        elif opens_on and opens_on - self.earliest > rules.FARTHEST:
            self.add_error("opens_on", _("Choose a day within a year from now."))
        elif opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The last day is before the first one."))
        elif opens_on and closes_on and closes_on - opens_on > rules.LONGEST:
            self.add_error("closes_on", str(WrongLength()))
        cleaned.setdefault("units", [])
        return cleaned


class PollForm(SentOnce):
    """One question to a community, with answers to choose from."""

    question = line(_("Question"), rules.LONGEST_TEXT)
    options = lines(_("Answers to choose from"), 2000, 4, required=True, help_text=_("One a line, 2 to 12 of them."))
    days = forms.TypedChoiceField(
        label=_("Open for"),
        coerce=int,
        choices=[(n, ngettext_lazy("%(n)s day", "%(n)s days", n) % {"n": n}) for n in (1, 2, 3, 5, 7, 14)],
        initial=5,
    )
    draft: rules.Draft

    def clean(self) -> dict[str, Any]:
        """Makes the question, and says what is wrong with it."""
        cleaned = dict(super().clean() or self.cleaned_data)
        options = tuple(one.strip() for one in str(cleaned.get("options", "")).splitlines() if one.strip())
        if "question" in cleaned and "options" in cleaned:
            try:
                self.draft = rules.checked(rules.Draft("choice", cleaned["question"], options))
            except Refusal as refusal:
                self.add_error("options", str(refusal))
        return cleaned
