"""Asking: a form, what staff will see of it and the groups they will be counted in, and then the ask itself."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.features.asks import actions, errors, rules
from heard.features.asks.forms import PollForm, PulseForm
from heard.features.asks.queries import ask_by_code, asked_before, led_by, units_offered
from heard.features.rolls.errors import NobodyIsMeant, TooFewPeople
from heard.features.rolls.queries import Audience, plan, smallest_group
from heard.foundation.communities.queries import place
from heard.foundation.people.queries import MemberRequest
from heard.plumbing.refusals import Refusal

BESIDE: Mapping[type[Refusal], str] = {
    errors.OpensTooEarly: "opens_on",
    errors.WrongLength: "closes_on",
    errors.OverlapsNextRun: "every_weeks",
    TooFewPeople: "units",
    NobodyIsMeant: "units",
}
"""Beside which field a refusal stands."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """A pulse. The first button shows what staff will see and freezes nothing; the second asks."""
    if not rules.may_ask(request.user):
        raise errors.MayNotAsk
    form = pulse_form(request)
    preview = None
    if request.method == "POST" and form.is_valid():
        try:
            sent = fields_of(form)
            actions.refuse_wrong_times(sent["opens_at"], sent["closes_at"], sent["every_weeks"])
            preview = preview_of(form)
            if request.POST.get("step") == "ask":
                ask = actions.write_pulse(by=request.user, **sent)
                messages.success(request, _("The groups are being frozen and the keys made; then everybody is told."))
                return redirect("asks:ask", ask.code)
        except Refusal as refusal:
            field = BESIDE.get(type(refusal))
            form.add_error(field if field in form.fields else None, str(refusal))
    context = {"form": form, "preview": preview, "k": smallest_group(), "nav": "asks"}
    return render(request, "asks/new.html", context, status=422 if form.errors else 200)


def pulse_form(request: MemberRequest) -> PulseForm:
    """The form as this person may fill it in."""
    may_ask_all = rules.may_ask_all(request.user, led_by(request.user))
    earliest = rules.earliest_day(timezone.now(), timezone.get_current_timezone())
    return PulseForm(
        request.POST if request.method == "POST" else None,
        units=units_offered(request.user),
        may_ask_all=may_ask_all,
        earliest=earliest,
        initial=asked_before(request.user, request.GET.get("like", "")),
    )


def preview_of(form: PulseForm) -> dict[str, Any]:
    """The questions as they will be read, whom and when, and the groups that would be frozen. Raises TooFewPeople."""
    sent = fields_of(form)
    groups = plan(Audience(units=form.cleaned_data["units"]), k=smallest_group(), at=timezone.now())
    return {
        "drafts": form.drafts,
        "whom": ", ".join(form.chosen_units) or _("Everybody"),
        "opens_at": sent["opens_at"],
        "closes_at": sent["closes_at"],
        "rhythm": dict(form.fields["every_weeks"].choices)[sent["every_weeks"]],  # type: ignore[attr-defined]
        "groups": groups,
        "key_count": sum(group.is_key for group in groups),
        "invited": groups[0].invited,
    }


def fields_of(form: PulseForm) -> dict[str, Any]:
    """What the action wants."""
    zone, sent = timezone.get_current_timezone(), form.cleaned_data
    return {
        "title": sent["title"],
        "intro": sent["intro"],
        "questions": form.drafts,
        "units": sent["units"],
        "opens_at": rules.at_hour(sent["opens_on"], rules.OPENS, zone),
        "closes_at": rules.at_hour(sent["closes_on"], rules.CLOSES, zone),
        "every_weeks": sent["every_weeks"],
        "code": sent["code"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new_poll(request: MemberRequest, slug: str) -> HttpResponse:
    """One question to a community, answered anonymously."""
    stands = place(request.user, slug)
    if not stands.may_speak:
        raise errors.MayNotPoll
    form = PollForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask = actions.write_poll(
                stands.community,
                by=request.user,
                question=form.draft,
                days=form.cleaned_data["days"],
                code=form.cleaned_data["code"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("It opens on %(day)s. Until then every member’s browser fetches a token.")
            messages.success(request, words % {"day": date_format(localtime(ask.opens_at), "DATETIME_FORMAT")})
            return redirect("asks:ask", ask.code)
    opens_at = rules.next_morning(timezone.now(), timezone.get_current_timezone())
    context = {"form": form, "community": stands.community, "k": smallest_group(), "opens_at": opens_at, "nav": "asks"}
    return render(request, "asks/new_poll.html", context, status=422 if form.errors else 200)


@require_POST
def reminder(request: MemberRequest, code: str) -> HttpResponse:
    """Reminds everybody."""
    return done(request, code, actions.remind, _("Everybody was reminded."))


@require_POST
def withdrawal(request: MemberRequest, code: str) -> HttpResponse:
    """Has it never open."""
    return done(request, code, actions.withdraw, _("It was withdrawn."))


@require_POST
def schedule_withdrawal(request: MemberRequest, code: str) -> HttpResponse:
    """Asks it no more after this run."""
    return done(request, code, actions.stop_schedule, _("It is not asked again."))


def done(request: MemberRequest, code: str, act: Callable[..., None], words: str) -> HttpResponse:
    """Does that with an ask, says so and leads back to its page."""
    ask = ask_by_code(request.user, code)
    act(ask, by=request.user)
    messages.success(request, words)
    return redirect("asks:ask", ask.code)
