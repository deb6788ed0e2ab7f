"""What is known of pages behind links."""

from django.conf import settings

from heard.foundation.previews.models import Preview


def shown(preview: Preview | None) -> Preview | None:
    """The preview where there is something to show, and it is meant to be shown."""
    return preview if preview is not None and preview.title and settings.HEARD_PREVIEWS else None
