"""What is sent about communities, as clean values."""

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
    field_order = ["name", "description", "welcome", "access"]

    def __init__(self, *args: Any, may_become: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_become = may_become

    @property
    def cards(self) -> list[dict[str, object]]:
        """The same, where those that would show what was said to more people cannot be chosen."""
        return [{**card, "is_open": self.may_become(card["value"])} for card in super().cards]
