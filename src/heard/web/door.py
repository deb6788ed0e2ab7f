"""How people come in: allauth's sign-in, in Heard's words and by Heard's rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, RequestLoginCodeForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from heard.foundation.people.actions import claim_account
from heard.foundation.people.models import Person
from heard.plumbing import mail

FORGET, SHARED = "forget", "shared"


class Door(DefaultAccountAdapter):
    """Nobody signs up unasked; the first sign-in claims an account; a shared computer forgets."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitation, from a list of people, or from the first-run page."""
        return False

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Claims an account that an import made, and keeps the session no longer than was asked for."""
        claim_account(user)
        if request.session.pop(FORGET, False) or request.POST.get(FORGET):
            request.session.set_expiry(0)
            request.session[SHARED] = True
        return super().post_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters of the door go out as all others do, so that an address that is known takes no longer to answer."""
        mail.post(template_prefix, to=email, **{name: value for name, value in context.items() if name != "request"})

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """Tells whoever has an address that their password is another now, however it became so."""
        if user.email:
            self.send_mail("account/email/password_changed", user.email, {"person": user})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the settings."""
        return "/me/"


class ForgetMe(forms.Form):
    """The one tick that both ways of signing in share."""

    forget = forms.BooleanField(
        required=False,
        label=_("Forget me on this computer"),
        help_text=_("For a computer that others use too: you are signed out when the browser closes."),
    )


class SignInForm(LoginForm):
    """E-mail or staff number, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["remember"]
        self.fields["login"].label = _("E-mail or staff number")
        self.fields["login"].widget = forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields[FORGET] = ForgetMe().fields[FORGET]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        cleaned["remember"] = not cleaned.get(FORGET)
        return cleaned


class CodeForm(RequestLoginCodeForm):
    """An address to which a code is mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget = forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True})
        self.fields[FORGET] = ForgetMe().fields[FORGET]
