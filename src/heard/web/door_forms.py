"""The forms of the door, in Heard's words."""

from typing import Any

from allauth.account import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _

FORGET = "forget"


class Plain(forms.Form):
    """A form without words inside its fields, which are gone as soon as somebody types."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class ForgetMe(forms.Form):
    """The one tick that both ways of signing in share."""

    forget = forms.BooleanField(
        required=False,
        label=_("Forget me on this computer"),
        help_text=_("For a computer that others use too: you are signed out when the browser closes."),
    )


class SignInForm(Plain, theirs.LoginForm):  # type: ignore[misc]
    """E-mail or staff number, and a password."""

    labels = {"login": _("E-mail or staff number"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["remember"]
        self.fields["login"].widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        )
        self.fields["password"].help_text = ""
        self.fields[FORGET] = ForgetMe().fields[FORGET]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["remember"] = not cleaned.get(FORGET)
        return cleaned


class RequestCodeForm(Plain, theirs.RequestLoginCodeForm):  # type: ignore[misc]
    """An address to which a code is mailed."""

    labels = {"email": _("E-mail")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget = forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})
        self.fields[FORGET] = ForgetMe().fields[FORGET]


class ResetForm(Plain, theirs.ResetPasswordForm):  # type: ignore[misc]
    """An address to which a code for a new password is mailed."""

    labels = {"email": _("E-mail")}


class EnterCodeForm(Plain, theirs.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from a mail."""

    labels = {"code": _("Code from the mail")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "class": "code-in",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "autofocus": True,
            "dir": "ltr",
        }


class NewPassword(Plain):
    """A new password, typed twice."""

    labels = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 10 characters. A few words that only you would put together are easy to remember."
        )
        if "oldpassword" in self.fields:
            self.fields["oldpassword"].help_text = ""


class ChangePasswordForm(NewPassword, theirs.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""


class SetPasswordForm(NewPassword, theirs.SetPasswordForm):  # type: ignore[misc]
    """The first password of somebody who signed in with codes."""


class ResetPasswordForm(NewPassword, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password in place of a forgotten one."""
