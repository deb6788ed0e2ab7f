"""Coming in: the first administrator, and whoever was invited."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from heard.foundation.people.errors import NeitherAddressNorNumber
from heard.foundation.people.forms import fields

if TYPE_CHECKING:
    from heard.foundation.people.models import Invitation


class PasswordForm(forms.Form):
    """Whatever ends with choosing a password."""

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class BeginForm(PasswordForm):
    """Who runs this installation."""

    name = fields.name()
    email = fields.email(autocomplete="username")
    password = fields.new_password()


class CodeForm(forms.Form):
    """The code of an invitation; case, blanks and dashes do not count."""

    code = forms.CharField(
        label=_("Code from your invitation"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code-in",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
                "dir": "ltr",
            }
        ),
    )


class JoinForm(PasswordForm):
    """What an invitation leaves open: a name, something to sign in with, and a password."""

    name = fields.name()
    email = fields.email(autocomplete="username", required=False)
    staff_number = fields.staff_number(
        required=False, help_text=_("If you have no e-mail address at work: you sign in with it.")
    )
    password = fields.new_password()

    def __init__(self, *args: Any, invitation: "Invitation", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = invitation.person
        if waiting:
            del self.fields["name"]
        else:
            self.initial.setdefault("name", invitation.name)
        has_email = invitation.email or (waiting and waiting.email)
        has_number = invitation.staff_number or (waiting and waiting.staff_number)
        if has_email or has_number:
            del self.fields["email"], self.fields["staff_number"]
        else:
            # Neither alone is asked for, and neither is optional: the page says so above both.
            self.fields["email"].is_one_of = self.fields["staff_number"].is_one_of = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two that people sign in with is there; said with everything else that is wrong."""
        cleaned = super().clean() or self.cleaned_data
        both = {"email", "staff_number"} <= self.fields.keys() - self.errors.keys()
        if both and not cleaned.get("email") and not cleaned.get("staff_number"):
            self.add_error("email", str(NeitherAddressNorNumber.sentence))
        return cleaned
