"""Changing a profile, and its picture."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from heard.foundation.people import actions, queries, rules
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.forms import ProfileForm
from heard.foundation.people.queries import MemberRequest
from heard.plumbing import files
from heard.plumbing.refusals import Refusal

FOR_A_YEAR = "private, max-age=31536000, immutable"


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, handle: str) -> HttpResponse:
    """What the viewer may change of a profile, its picture too."""
    person = queries.person_by_handle(request.user, handle)
    if not rules.may_change(request.user, person):
        raise NotForYou
    form = ProfileForm(request.POST or None, request.FILES or None, viewer=request.user, person=person)
    if request.method == "POST" and form.is_valid():
        fields = {name.replace("unit", "unit_id"): value for name, value in form.cleaned_data.items()}
        try:
            actions.change_profile(person, by=request.user, **fields)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("profile", handle=handle)
    page = {"nav": "people", "form": form, "person": person}
    return render(request, "people/edit.html", page, status=422 if form.is_bound else 200)


@require_safe
def picture_file(request: MemberRequest, handle: str, version: str) -> HttpResponseBase:
    """The picture itself; another picture has another address, so browsers keep it."""
    person = queries.person_by_handle(request.user, handle)
    if request.path != person.picture_url:
        raise Http404
    try:
        content = files.open_stored(person.picture)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, content_type="image/webp", headers={"Cache-Control": FOR_A_YEAR})
