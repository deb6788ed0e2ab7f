"""How a person wants to be told: which kind goes which way, when they are left in peace, digest, budget, devices."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.notices import actions, queries
from heard.foundation.notices.forms import KindForm, PreferencesForm
from heard.foundation.notices.views.reading import ReaderRequest
from heard.plumbing import limits, push
from heard.plumbing.later import later

SETTINGS = "/notices/settings/"
DIGESTS = "heard.foundation.delivery.tasks.digests_due"
AN_HOUR, MOST_DIGESTS = 3600, 5


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ReaderRequest) -> HttpResponse:
    """The page, and keeping what was chosen on it."""
    person = request.user
    zone = timezone.get_current_timezone()
    kinds = queries.kinds_for(person)
    kept = queries.preferences_of(person)
    form = PreferencesForm(initial={name: getattr(kept, name) for name in PreferencesForm.base_fields})
    if request.method == "POST":
        form = PreferencesForm(request.POST, initial=form.initial)
        chosen = {kind.why.value: KindForm({"ways": request.POST.getlist(kind.why)}) for kind in kinds}
        if form.is_valid() and all(one.is_valid() for one in chosen.values()):
            with transaction.atomic():
                actions.prefer(by=person, zone=zone, **form.cleaned_data)
                actions.switch_kinds({why: one.cleaned_data["ways"] for why, one in chosen.items()}, by=person)
            messages.success(request, _("Saved."))
            return redirect(SETTINGS)
    shown = {
        "nav": "me",
        "form": form,
        "kinds": kinds,
        "ways": queries.WAYS,
        "devices": queries.devices_of(person),
        "muted": queries.muted_count(person),
        "budget": queries.budget_of(person, timezone.now(), zone),
        "zone": timezone.get_current_timezone_name(),
        "push_key": push.vapid_public_key(),
    }
    return render(request, "notices/settings.html", shown, status=422 if form.is_bound else 200)


@require_POST
def digest(request: ReaderRequest) -> HttpResponse:
    """Sends the digest now, to see what it is like; a few times an hour."""
    who = str(request.user.pk)
    limits.refuse_spent("digest", who, most=MOST_DIGESTS)
    limits.spend("digest", who, seconds=AN_HOUR)
    with transaction.atomic():
        actions.ask_for_digest(by=request.user)
        later(DIGESTS)
    messages.success(request, _("Your digest is on its way, if there is anything to tell."))
    return redirect(SETTINGS)
