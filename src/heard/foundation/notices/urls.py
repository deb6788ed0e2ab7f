"""Addresses of notices."""

from django.urls import path

from heard.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/seen/", views.seen, name="seen"),
    path("notices/seen/withdrawal/", views.seen_withdrawal, name="seen-withdrawal"),
    path("notices/count/", views.count, name="count"),
    path("notices/settings/", views.settings, name="settings"),
    path("notices/digest/", views.digest, name="digest"),
    path("notices/mutes/withdrawal/", views.mutes_withdrawal, name="mutes-withdrawal"),
    path("notices/devices/", views.devices, name="devices"),
    path("notices/devices/<int:device_id>/removal/", views.device_removal, name="device-removal"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
    path("notices/<int:notice_id>/mute/", views.mute, name="mute"),
    path("notices/<int:notice_id>/mute/withdrawal/", views.mute_withdrawal, name="mute-withdrawal"),
    path("notices/<int:notice_id>/off/", views.off, name="off"),
    path("notices/<int:notice_id>/off/withdrawal/", views.off_withdrawal, name="off-withdrawal"),
]
