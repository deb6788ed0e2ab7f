"""Fields that several forms about people have."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heard.foundation.people import queries
from heard.foundation.people.errors import NumberIsAnAddress

if TYPE_CHECKING:
    from heard.foundation.people.models import Person


def text(label: Any, length: int, *, autocomplete: str = "off", **options: Any) -> forms.CharField:
    """One line, in whichever direction it is written."""
    attrs = {"autocomplete": autocomplete, "dir": "auto"}
    return forms.CharField(label=label, max_length=length, widget=forms.TextInput(attrs=attrs), **options)


def name() -> forms.CharField:
    """Somebody's whole name."""
    return text(_("Name"), 150, autocomplete="name")


def email(*, autocomplete: str = "email", **options: Any) -> forms.EmailField:
    """An address to sign in with."""
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
    return forms.EmailField(label=_("E-mail"), max_length=254, widget=widget, **options)


def staff_number(**options: Any) -> forms.CharField:
    """What the organisation counts its staff by; an address is refused."""
    return text(_("Staff number"), 64, validators=[refuse_address], **options)


def refuse_address(number: str) -> None:
    """Raises ValidationError where somebody typed an e-mail address as a number."""
    if "@" in number:
        raise ValidationError(str(NumberIsAnAddress()))


def new_password() -> forms.CharField:
    """A new password, with the rule for it beside it; `validate_password` is for the form to call."""
    return forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        help_text=_("At least 10 characters. A few words that only you would put together are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ListField(forms.CharField):
    """Words with commas between them, as a list without repeats."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
        super().__init__(required=False, max_length=800, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = (part.strip() for part in re.split(r"[,;\n]", super().clean(value)))
        return list(dict.fromkeys(part[:60] for part in typed if part))[:40]


class UnitField(forms.TypedChoiceField):
    """One unit of the whole tree, or none; cleaned to its id. Its choices come with `offer_units`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, label=_("Unit"), **options)

    def offer_units(self) -> None:
        """Reads the tree."""
        self.choices = [("", _("None")), *queries.all_units()]


class ColleagueField(forms.CharField):
    """A colleague, by handle, address, staff number or whole name; cleaned to a person, or None where empty.

    While somebody types, colleagues are offered in `<datalist id="colleagues">`.
    """

    def __init__(self, **options: Any) -> None:
        attrs = {
            "list": "colleagues",
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "auto",
            "hx-get": "/people/choices/",
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#colleagues",
        }
        options = {"help_text": _("Their handle, e-mail address, staff number or whole name."), **options}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=attrs), **options)
        self.viewer: Person | None = None

    def clean(self, value: Any) -> "Person | None":
        typed = super().clean(value)
        if not typed or self.viewer is None:
            return None
        person = queries.person_called(self.viewer, typed)
        if person is None:
            raise ValidationError(_("No colleague, or more than one, is called that. Try their handle or address."))
        return person
