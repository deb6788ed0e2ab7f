"""Pages about archives: hand one in, read what will come, say yes, watch, walk through the result."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.features.arrivals import actions, tasks
from heard.features.arrivals.errors import ArchiveRefused, NoSuchTarget
from heard.features.arrivals.forms import ChoicesForm, UploadForm
from heard.features.arrivals.queries import Arrival, arrival, run_seen_by, runs_seen_by
from heard.foundation.people.queries import MemberRequest

MOST_RUNS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def arrivals(request: MemberRequest) -> HttpResponse:
    """What was brought in before, and a form for the next archive."""
    runs = runs_seen_by(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = actions.receive_archive(upload.file, upload.name, by=request.user)
        except ArchiveRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            tasks.read_through.enqueue(run.pk)
            return redirect("arrivals:run", run.pk)
    context = {"form": form, "runs": runs[:MOST_RUNS]}
    return render(request, "arrivals/arrivals.html", context, status=422 if form.errors else 200)


@require_safe
def run(request: MemberRequest, run_id: int) -> HttpResponse:
    """One archive: what it holds, how far it is, or what came of it."""
    return page_of(request, run_id)


def page_of(request: MemberRequest, run_id: int, form: ChoicesForm | None = None) -> HttpResponse:
    """The page of a run, with the form of choices where it was refused."""
    shown = arrival(request.user, run_seen_by(request.user, run_id))
    form = form or choices_form(shown)
    context = {"arrival": shown, "run": shown.run, "form": form}
    return render(request, "arrivals/run.html", context, status=422 if form.errors else 200)


def choices_form(shown: Arrival, sent: Any = None) -> ChoicesForm:
    """What of the archive is wanted, as it was chosen before."""
    there = [(one.key, one.label) for one in shown.there]
    forecast = shown.run.forecast
    return ChoicesForm(
        sent,
        there=there,
        columns=dict(forecast.get("columns", [])),
        is_packed=forecast.get("is_packed", True),
        targets=shown.targets,
        initial=shown.run.choices,
    )


@require_POST
def choosing(request: MemberRequest, run_id: int) -> HttpResponse:
    """Says what of an upload is wanted; it is read through once more."""
    shown = arrival(request.user, run_seen_by(request.user, run_id))
    form = choices_form(shown, request.POST)
    if not form.is_valid():
        return page_of(request, run_id, form)
    try:
        chosen = actions.choose(shown.run, actions.choices(**form.cleaned_data, by=request.user), by=request.user)
    except NoSuchTarget as refusal:
        form.add_error("into", str(refusal))
        return page_of(request, run_id, form)
    tasks.read_through.enqueue(chosen.pk)
    return redirect("arrivals:run", run_id)


@require_POST
def taking_back(request: MemberRequest, run_id: int) -> HttpResponse:
    """Takes back what a run brought in."""
    run = actions.ask_to_take_back(run_seen_by(request.user, run_id), by=request.user)
    tasks.take_back.enqueue(run.pk)
    messages.success(request, _("It is being taken back. What people have said since stays."))
    return redirect("arrivals:run", run_id)


@require_safe
def progress(request: MemberRequest, run_id: int) -> HttpResponse:
    """The part of that page that moves."""
    shown = arrival(request.user, run_seen_by(request.user, run_id))
    context = {"arrival": shown, "run": shown.run, "form": choices_form(shown)}
    return render(request, "arrivals/run.html#now", context)


@require_POST
def reading(request: MemberRequest, run_id: int) -> HttpResponse:
    """Has an upload read through once more, whose reading ended early."""
    begun = actions.read_again(run_seen_by(request.user, run_id), by=request.user)
    tasks.read_through.enqueue(begun.pk)
    return redirect("arrivals:run", run_id)


@require_POST
def beginning(request: MemberRequest, run_id: int) -> HttpResponse:
    """Says yes to what was read through."""
    agreed = actions.agree(run_seen_by(request.user, run_id), by=request.user)
    tasks.bring_in.enqueue(agreed.pk)
    return redirect("arrivals:run", run_id)


@require_POST
def withdrawal(request: MemberRequest, run_id: int) -> HttpResponse:
    """Throws an upload away."""
    actions.discard_run(run_seen_by(request.user, run_id), by=request.user)
    messages.success(request, _("The file was deleted."))
    return redirect("arrivals:list")
