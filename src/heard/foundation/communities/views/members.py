"""Who belongs to a community; tenders add and remove people there, and make others tenders."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from heard.foundation.communities import actions
from heard.foundation.communities.queries import Place, member, place_to_meet, who_could_join
from heard.foundation.communities.queries import members as members_of
from heard.foundation.people.queries import MemberRequest, person_by_handle


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: MemberRequest, slug: str) -> HttpResponse:
    """A page of members, or those found by words; POST adds the colleague whose handle is given."""
    stands = place_to_meet(request.user, slug)
    if request.method == "POST":
        return added(request, stands)
    words, typed = (request.GET.get(name, "").strip()[:100] for name in ("q", "add"))
    after = request.GET.get("after", "")
    is_after = after.isascii() and after.isdigit() and len(after) < 19
    found = members_of(stands.community, words=words, after=int(after) if is_after else 0)
    context = {
        "nav": "communities",
        "place": stands,
        "community": stands.community,
        "words": words,
        "typed": typed,
        "members": found.shown,
        "could_join": who_could_join(request.user, stands.community, typed) if stands.may_tend else [],
        "older": "?" + urlencode({"after": found.after}) if found.after else "",
    }
    return render(request, f"communities/members.html{part_of(request)}", context)


def part_of(request: MemberRequest) -> str:
    """Which part of the page htmx asks for: the members found, or the colleagues who could be added."""
    if not request.headers.get("HX-Request"):
        return ""
    return "#could-join" if "add" in request.GET else "#found"


def added(request: MemberRequest, stands: Place) -> HttpResponse:
    """Brings a colleague in."""
    person = person_by_handle(request.user, request.POST.get("handle", ""))
    actions.add_member(stands.community, person, by=request.user)
    messages.success(request, _("%(name)s is a member now.") % {"name": person.name})
    return redirect(f"/communities/{stands.community.slug}/members/")


def deed(action: Callable[..., object], words: object) -> Callable[..., HttpResponse]:
    """A view that does one thing about a member and shows the members again."""

    @require_POST
    def view(request: MemberRequest, slug: str, handle: str) -> HttpResponse:
        row = member(request.user, slug, handle)
        action(row.community, row.person, by=request.user)
        messages.success(request, str(words) % {"name": row.person.name})
        is_out = action is actions.remove_member and row.person_id == request.user.pk
        return redirect("/communities/" if is_out else f"/communities/{slug}/members/")

    return view


removal = deed(actions.remove_member, gettext_lazy("%(name)s does not belong to it any more."))
tending = deed(actions.make_tender, gettext_lazy("%(name)s looks after it too now."))
tending_withdrawal = deed(actions.withdraw_tender, gettext_lazy("%(name)s is an ordinary member again."))
