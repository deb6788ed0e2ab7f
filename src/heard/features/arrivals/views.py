"""Pages about archives: hand one in, read what will come, say yes, watch, walk through the result."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heard.features.arrivals import actions, tasks
from heard.features.arrivals.errors import ArchiveRefused
from heard.features.arrivals.forms import UploadForm
from heard.features.arrivals.queries import arrival, run_seen_by, runs_seen_by
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
    shown = arrival(request.user, run_seen_by(request.user, run_id))
    return render(request, "arrivals/run.html", {"arrival": shown, "run": shown.run})


@require_safe
def progress(request: MemberRequest, run_id: int) -> HttpResponse:
    """The part of that page that moves."""
    shown = arrival(request.user, run_seen_by(request.user, run_id))
    return render(request, "arrivals/run.html#now", {"arrival": shown, "run": shown.run})


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
