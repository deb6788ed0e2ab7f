"""What people settle for themselves: language, time, theme, where they are signed in, whom they follow."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.foundation.notices.actions import prefer
from heard.foundation.people import actions, queries
from heard.foundation.people.queries import MemberRequest
from heard.web.context import THEMES
from heard.web.door import SHARED
from heard.web.entering import SEALED, forgetting
from heard.web.middleware import language_of, zone_of
from heard.web.refusing import where_from

if TYPE_CHECKING:
    from heard.foundation.people.models import Person

A_YEAR = 31_536_000


@cache
def canonical_zones() -> list[str]:
    """The names that time zones go by today, one for each place."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab")
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return sorted({row[2] for row in rows if len(row) > 2} & available_timezones())


def zones() -> list[tuple[str, object]]:
    """Time zones by continent, for a select."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in canonical_zones():
        continent, _, city = name.partition("/")
        groups.setdefault(continent, []).append((name, city.replace("_", " ").replace("/", ", ")))
    return [("", gettext_lazy("As this server has it")), *groups.items()]


class SettingsForm(forms.Form):
    """Language (once there is a choice), time zone, and whether colleagues see how to reach somebody."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [("", gettext_lazy("As this browser has it")), *settings.LANGUAGES],
        widget=forms.Select(attrs={"autocomplete": "language"}),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False, choices=zones)
    is_contact_hidden = forms.BooleanField(
        label=gettext_lazy("Hide my e-mail address and telephone"),
        required=False,
        help_text=gettext_lazy("Only you, your manager and stewards see them then."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]
        kept = self.initial.get("time_zone", "")
        if kept in available_timezones() - set(canonical_zones()):
            self.fields["time_zone"].choices = [*zones(), (kept, kept)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: MemberRequest) -> HttpResponse:
    """The page of settings."""
    person = request.user
    names = tuple(SettingsForm.base_fields)
    form = SettingsForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    if request.method == "POST" and (form := SettingsForm(request.POST, initial=form.initial)).is_valid():
        actions.change_profile(person, by=person, **form.cleaned_data)
        if "time_zone" in form.changed_data:
            prefer(by=person, zone=zone_of(person.time_zone) or timezone.get_default_timezone())
        with translation.override(language_of(person, request)):
            messages.success(request, _("Saved."))
        return redirect("me")
    shown = {"nav": "me", "form": form, "is_shared": request.session.get(SHARED), "bounce": queries.bounce_of(person)}
    return render(request, "me/me.html", shown, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system has it, on this computer."""
    response = redirect(where_from(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS)
    return response


@require_POST
def sessions_ending(request: MemberRequest) -> HttpResponse:
    """Signs out everywhere, here too, where a shared computer forgets what was written on it."""
    is_shared, is_sealed = request.session.get(SHARED), SEALED in request.POST
    actions.sign_out_everywhere(request.user)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    response = redirect("account_login")
    return forgetting(response, is_sealed=is_sealed) if is_shared else response


def list_of(request: MemberRequest, found: "QuerySet[Person]", template: str) -> HttpResponse:
    """A page of people."""
    page = queries.page_by_name(found.select_related("unit"), request.GET.get("after", ""))
    return render(request, template, {"nav": "people", "page": page})


@require_safe
def following(request: MemberRequest) -> HttpResponse:
    """Whom the reader follows."""
    return list_of(request, queries.followed_by(request.user), "me/following.html")


@require_safe
def followers(request: MemberRequest) -> HttpResponse:
    """Who follows the reader."""
    return list_of(request, queries.followers_of(request.user), "me/followers.html")
