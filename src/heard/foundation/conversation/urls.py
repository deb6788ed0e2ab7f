"""Addresses of what is said; undoing is a noun too."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from heard.foundation.conversation.views import composing, keeping, previewing, tending, tending_threads

app_name = "conversation"


def on_message(noun: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """The same noun on a thread and on a reply."""
    return [
        path(f"threads/<int:thread_id>/{noun}/", view, name=name),
        path(f"threads/<int:thread_id>/<int:reply_id>/{noun}/", view, name=f"reply-{name}"),
    ]


urlpatterns = [
    path("write/", composing.write, name="write"),
    path("write/preview/", composing.preview, name="preview"),
    path("write/people/", composing.people, name="people"),
    path("write/tags/", composing.tags, name="tags"),
    path("write/audience/", composing.audience_of, name="audience"),
    path("read/", keeping.read, name="read"),
    path("files/<str:code>/", keeping.file, name="file"),
    path("files/<str:code>/<str:size>/", keeping.file, name="file-sized"),
    path("previews/<str:code>/", previewing.picture, name="preview-picture"),
    path("threads/<int:thread_id>/save/", keeping.save, name="save"),
    path("threads/<int:thread_id>/save/withdrawal/", keeping.save_withdrawal, name="save-withdrawal"),
    path("threads/<int:thread_id>/closure/", tending_threads.closure, name="closure"),
    path("threads/<int:thread_id>/closure/withdrawal/", tending_threads.closure_withdrawal, name="closure-withdrawal"),
    path("threads/<int:thread_id>/pin/", tending_threads.pin, name="pin"),
    path("threads/<int:thread_id>/pin/withdrawal/", tending_threads.pin_withdrawal, name="pin-withdrawal"),
    path("threads/<int:thread_id>/move/", tending_threads.move, name="move"),
    path("threads/<int:thread_id>/merge/", tending_threads.merge, name="merge"),
    path("threads/<int:thread_id>/<int:reply_id>/answer/", composing.answer, name="answer"),
    path("communities/<str:slug>/waiting/", tending.waiting, name="waiting"),
    path("reports/", tending.reports, name="reports"),
    path("reports/<int:report_id>/settlement/", tending.settlement, name="settlement"),
    path("reports/<int:report_id>/hiding/", tending.hiding, name="hiding-reported"),
    *on_message("edit", composing.edit, "edit"),
    *on_message("deletion", composing.deletion, "deletion"),
    *on_message("restoration", composing.restoration, "restoration"),
    *on_message("reactions", keeping.reaction, "reactions"),
    *on_message("reactions/withdrawal", keeping.reaction_withdrawal, "reactions-withdrawal"),
    *on_message("history", keeping.history, "history"),
    *on_message("preview/withdrawal", previewing.withdrawal, "preview-withdrawal"),
    *on_message("report", keeping.report, "report"),
    *on_message("hiding", tending_threads.hiding, "hiding"),
    *on_message("hiding/withdrawal", tending_threads.hiding_withdrawal, "hiding-withdrawal"),
]
