"""What is sent about communities, as clean values."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.foundation.communities import rules


class StartForm(forms.Form):
    """A new community."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("What is it for?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    access = forms.ChoiceField(label=_("Who may see it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.explained = rules.accesses()
        self.fields["access"].choices = [(value, name) for value, name, _sentence in self.explained]  # type: ignore[attr-defined]
        self.fields["access"].initial = self.explained[0][0]

    @property
    def cards(self) -> list[dict[str, object]]:
        """The choices of who may see it, each with its sentence."""
        chosen = self["access"].value()
        return [
            {"value": value, "name": name, "sentence": sentence, "is_chosen": value == chosen, "is_open": True}
            for value, name, sentence in self.explained
        ]


class ChangeForm(StartForm):
    """What a community says of itself, and who may see it."""

    welcome = forms.CharField(
        label=_("Welcome"),
        help_text=_("Shown to new members for two weeks. You can use Markdown."),
        max_length=4000,
        required=False,
        widget=forms.Textarea,
    )
    is_sure = forms.BooleanField(label=_("Yes, let fewer people see it from now on"), required=False)
    field_order = ["name", "description", "welcome", "access", "is_sure"]

    def __init__(
        self, *args: Any, may_become: Callable[[str], bool], narrowing: Callable[[str], str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_become = may_become
        self.narrowing = narrowing
        self.asks_whether_sure = False

    def clean(self) -> dict[str, Any]:
        """Asks once more before what cannot be taken back, and says what it takes away."""
        cleaned = dict(super().clean() or self.cleaned_data)
        is_sure = cleaned.pop("is_sure", False)
        if consequence := self.narrowing(cleaned.get("access", self.initial["access"])):
            self.asks_whether_sure = True
            if not is_sure:
                self.add_error("access", consequence)
        return cleaned

    @property
    def cards(self) -> list[dict[str, object]]:
        """The same, where those that would show what was said to more people cannot be chosen."""
        return [{**card, "is_open": self.may_become(str(card["value"]))} for card in super().cards]
