"""How people come in: allauth's sign-in, in Heard's words and by Heard's rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from heard.foundation.people.actions import claim_account, forget_bounce
from heard.foundation.people.models import Person
from heard.plumbing import mail, realtime
from heard.web.door_forms import FORGET

SHARED = "shared"
NO_MATCH = _("This address or staff number and this password do not belong together.")


class Door(DefaultAccountAdapter):
    """Nobody signs up unasked; the first sign-in claims an account; a shared computer forgets."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NO_MATCH,
        "username_password_mismatch": NO_MATCH,
        "invalid_login": NO_MATCH,
        "incorrect_code": _("This is not the code. Look at the newest mail, and type it once more."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password until now."),
        "too_many_login_attempts": _(
            "That was tried too often. Please wait a few minutes, then try again. Or have a code sent to you: "
            "that works also while you wait."
        ),
        "rate_limited": _("That was tried too often. Please wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come by invitation, from a list of people, or from the first-run page."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose wrong passwords are counted together: those of one person, however they are named and at any host."""
        login = (credentials.get("email") or credentials.get("username") or "").strip()
        found = [*filter_users_by_email(login), *filter_users_by_username(login)] if login else []
        return f"person:{found[0].pk}" if found else f"nobody:{login.casefold()}"

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Claims an account that an import made, and keeps the session no longer than was asked for."""
        claim_account(user)
        if any(one.get("method") == "code" for one in get_authentication_records(request, user)):
            forget_bounce(user)  # the code came by mail
        if request.session.pop(FORGET, False) or request.POST.get(FORGET):
            request.session.set_expiry(0)
            request.session[SHARED] = True
        return super().post_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def set_password(self, user: Person, password: str) -> None:
        """Sets it, and closes the streams of every session that it ends."""
        user.set_password(password)
        user.save(update_fields=["password"])
        realtime.announce_on_commit(f"person:{user.pk}", "signed-out")

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
