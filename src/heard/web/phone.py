"""What makes Heard a web app on a phone: its manifest, its service worker, the page for being offline."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import HttpRequest
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest; its share target opens the composer."""
    icons = [
        {"src": static("icons/heard-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("icons/heard-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("icons/heard-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": settings.HEARD_ORGANISATION,
            "short_name": settings.HEARD_ORGANISATION[:12],
            "description": _("The staff network that listens, and shows that it did."),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fdfaf5",
            "theme_color": "#00696a",
            "icons": icons,
            "share_target": {
                "action": "/write/",
                "method": "GET",
                "params": {"title": "title", "text": "text", "url": "url"},
            },
        },
        content_type="application/manifest+json",
    )


@require_safe
@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it serves every page.

    Browsers look for a new one whenever a page is opened, even where that page is the one for speaking without a name.
    So it is good for a day, and `unasked.js` has it looked for from other pages; and it is registered as a module, for
    which browsers send no cookie.
    """
    found = finders.find("js/sw.js")
    if not found:
        raise Http404
    response = HttpResponse(Path(str(found)).read_text(encoding="utf-8"), content_type="text/javascript")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown where the network is not."""
    return render(request, "offline.html")
