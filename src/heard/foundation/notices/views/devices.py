"""The browsers that show somebody's notices while no page is open."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.foundation.notices import actions
from heard.foundation.notices.errors import NoSuchDevice
from heard.foundation.notices.forms import DeviceForm
from heard.foundation.notices.queries import device_of
from heard.foundation.notices.views.reading import ReaderRequest

SETTINGS = "/notices/settings/#devices"


@require_POST
def devices(request: ReaderRequest) -> HttpResponse:
    """Adds this browser."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        raise NoSuchDevice
    sent = form.cleaned_data
    actions.add_device(
        by=request.user,
        endpoint=sent["endpoint"],
        public_key=sent["p256dh"],
        secret=sent["auth"],
        label=sent["label"] or _("A browser"),
    )
    messages.success(request, _("This browser shows your notices now."))
    return redirect(SETTINGS)


@require_POST
def device_removal(request: ReaderRequest, device_id: int) -> HttpResponse:
    """Removes one."""
    actions.forget_device(device_of(request.user, device_id))
    messages.success(request, _("It shows nothing more."))
    return redirect(SETTINGS)
