"""Addresses about people; the profile itself stands in `web`, where threads are known."""

from django.urls import path

from heard.foundation.people.views import bouncing, charts, directory, editing, following, inviting, joining, staff

app_name = "people"
urlpatterns = [
    path("people/", directory.directory, name="directory"),
    path("people/choices/", directory.choices, name="choices"),
    path("people/chart/", charts.chart, name="chart"),
    path("people/missed/", bouncing.missed, name="missed"),
    path("people/new/", staff.new, name="new"),
    path("people/roles/", staff.roles, name="roles"),
    path("people/roles/<int:grant_id>/withdrawal/", staff.role_withdrawal, name="role-withdrawal"),
    path("people/invitations/", inviting.invitations, name="invitations"),
    path("people/invitations/mail/", inviting.by_mail, name="invitations-by-mail"),
    path("people/invitations/paper/", inviting.on_paper, name="invitations-on-paper"),
    path(
        "people/invitations/<int:invitation_id>/withdrawal/",
        inviting.invitation_withdrawal,
        name="invitation-withdrawal",
    ),
    path("people/<str:handle>/chart/", charts.chart_of, name="chart-of"),
    path("people/<str:handle>/edit/", editing.edit, name="edit"),
    path("people/<str:handle>/picture/<str:version>/", editing.picture_file, name="picture-file"),
    path("people/<str:handle>/follow/", following.follow, name="follow"),
    path("people/<str:handle>/follow/withdrawal/", following.follow_withdrawal, name="follow-withdrawal"),
    path("people/<str:handle>/invitation/", inviting.invitation_of, name="invitation-of"),
    path("people/<str:handle>/leaving/", staff.leaving, name="leaving"),
    path("people/<str:handle>/return/", staff.coming_back, name="return"),
    path("me/address/confirmation/", bouncing.confirmation, name="address-confirmation"),
    path("me/address/<str:code>/", bouncing.confirmed, name="address-confirmed"),
    path("units/", charts.units, name="units"),
    path("units/<int:unit_id>/", charts.unit, name="unit"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_by_code, name="join-by-code"),
]
