"""Whom somebody invites: by mail, one address a line, or on paper, one name a line."""

from email.utils import parseaddr
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heard.foundation.people.forms.fields import UnitField

MOST = 60


def lines(text: str) -> list[str]:
    """What stands on lines of its own, at most `MOST`; more is refused."""
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(found) > MOST:
        raise ValidationError(ngettext("At most %d at once.", "At most %d at once.", MOST) % MOST)
    return found


class AddressForm(forms.Form):
    """Where the invitation of one colleague goes."""

    email = forms.EmailField(
        error_messages={
            "required": _("Give an e-mail address, or print a card."),
            "invalid": _("That is no e-mail address."),
        }
    )


class UnitForm(forms.Form):
    """Invitations into one unit."""

    unit = UnitField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer_units()  # type: ignore[attr-defined]


class MailForm(UnitForm):
    """Addresses; cleaned to pairs of name and address."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        max_length=20_000,
        help_text=_("One on each line; a name may stand before it: Sam Reed <sam@example.org>"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
    )
    field_order = ["addresses", "unit"]

    def clean_addresses(self) -> list[tuple[str, str]]:
        pairs = []
        for line in lines(self.cleaned_data["addresses"]):
            name, address = parseaddr(line)
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(_t("“%s” is no e-mail address.") % line[:80]) from error
            pairs.append((name[:150], address))
        return pairs


class PaperForm(UnitForm):
    """Names for cards to be printed, and how many cards without one."""

    names = forms.CharField(
        label=_("Names"),
        required=False,
        max_length=10_000,
        help_text=_("One on each line. Each gets a card with a code and a QR code."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "dir": "auto"}),
    )
    count = forms.IntegerField(
        label=_("Cards without a name"),
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ["names", "count", "unit"]

    def clean_names(self) -> list[str]:
        return [name[:150] for name in lines(self.cleaned_data["names"])]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("names") and not cleaned.get("count"):
            self.add_error("names", _("Write names, or say how many cards."))
        if len(cleaned.get("names") or []) + (cleaned.get("count") or 0) > MOST:
            self.add_error("count", ngettext("At most %d at once.", "At most %d at once.", MOST) % MOST)
        return cleaned
