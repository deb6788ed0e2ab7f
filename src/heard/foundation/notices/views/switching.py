"""The switch on a notice itself: no more of this thread, no more of this kind; each with a way back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.foundation.notices import actions
from heard.foundation.notices.queries import notice_of
from heard.foundation.notices.rules import occasion
from heard.foundation.notices.views.reading import ReaderRequest, list_at

SETTINGS = "/notices/settings/"


@require_POST
def mute(request: ReaderRequest, notice_id: int) -> HttpResponse:
    """Nothing more of the thread that a notice is about."""
    actions.mute_thread(notice_of(request.user, notice_id), by=request.user)
    return redirect(list_at(request, done="mute", of=notice_id))


@require_POST
def mute_withdrawal(request: ReaderRequest, notice_id: int) -> HttpResponse:
    """The thread is heard of again."""
    actions.unmute_thread(notice_of(request.user, notice_id), by=request.user)
    messages.success(request, _("You hear of this thread again."))
    return redirect(list_at(request))


@require_POST
def mutes_withdrawal(request: ReaderRequest) -> HttpResponse:
    """Every thread is heard of again."""
    actions.unmute_all(by=request.user)
    messages.success(request, _("You hear of every thread again."))
    return redirect(SETTINGS)


@require_POST
def off(request: ReaderRequest, notice_id: int) -> HttpResponse:
    """No more notices of this kind, any way."""
    why = notice_of(request.user, notice_id).why
    actions.turn_off(why, by=request.user)
    return redirect(list_at(request, done="off", of=notice_id, why=why))


@require_POST
def off_withdrawal(request: ReaderRequest, notice_id: int) -> HttpResponse:
    """The kind is on again, as it was before."""
    why = notice_of(request.user, notice_id).why
    actions.turn_on(why, by=request.user)
    messages.success(request, _("You are told again {occasion}.").format(occasion=occasion(why)))
    return redirect(list_at(request))
