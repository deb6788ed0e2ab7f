"""Sends a stored file to a browser, so that it can do no harm there."""

from django.http import FileResponse, Http404

from .naming import disposition
from .storing import open_stored

# What may be looked at in place; everything else is taken home.
IN_PLACE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
NOTHING = "default-src 'none'; sandbox"
# The page that a browser makes round a picture that is opened alone has a style of the browser's own.
A_PICTURE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


def serve(path: str, *, mime: str, name: str) -> FileResponse:
    """The stored file as an answer: pictures in place, everything else as a download, nothing ever run.

    Browsers may keep it, since what is stored under a path never changes; others between here and there may not.
    Raises Http404 where nothing is stored at `path`.
    """
    try:
        file = open_stored(path)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=mime)
    response["Content-Disposition"] = disposition(name, inline=mime in IN_PLACE)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = A_PICTURE if mime in IN_PLACE else NOTHING
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
