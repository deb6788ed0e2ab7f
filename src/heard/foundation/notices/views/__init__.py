"""Opening notices, and how a person wants to be told."""

from heard.foundation.notices.views.devices import device_removal, devices
from heard.foundation.notices.views.listing import count, notice, seen, seen_withdrawal
from heard.foundation.notices.views.settling import digest, settings
from heard.foundation.notices.views.switching import mute, mute_withdrawal, mutes_withdrawal, off, off_withdrawal

__all__ = [
    "count",
    "device_removal",
    "devices",
    "digest",
    "mute",
    "mute_withdrawal",
    "mutes_withdrawal",
    "notice",
    "off",
    "off_withdrawal",
    "seen",
    "seen_withdrawal",
    "settings",
]
