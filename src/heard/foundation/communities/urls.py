"""Addresses of communities; undoing is a noun too. A community's own page stands in `web`."""

from django.urls import path

from heard.foundation.communities.views import finding, joining, members, starting

app_name = "communities"
AT = "communities/<str:slug>"
WHO = f"{AT}/members/<str:handle>"
urlpatterns = [
    path("communities/", finding.communities, name="list"),
    path("communities/new/", starting.new, name="new"),
    path(f"{AT}/change/", starting.change, name="change"),
    path(f"{AT}/closure/", starting.closure, name="closure"),
    path(f"{AT}/closure/withdrawal/", starting.closure_withdrawal, name="closure-withdrawal"),
    path(f"{AT}/membership/", joining.membership, name="membership"),
    path(f"{AT}/membership/withdrawal/", joining.membership_withdrawal, name="membership-withdrawal"),
    path(f"{AT}/request/", joining.request_to_join, name="request"),
    path(f"{AT}/request/withdrawal/", joining.request_withdrawal, name="request-withdrawal"),
    path(f"{AT}/requests/<int:request_id>/admission/", joining.admission, name="admission"),
    path(f"{AT}/requests/<int:request_id>/refusal/", joining.refusal, name="refusal"),
    path(f"{AT}/level/", joining.level, name="level"),
    path(f"{AT}/tending/", joining.tending, name="take-over"),
    path(f"{AT}/members/", members.members, name="members"),
    path(f"{WHO}/removal/", members.removal, name="removal"),
    path(f"{WHO}/tending/", members.tending, name="tending"),
    path(f"{WHO}/tending/withdrawal/", members.tending_withdrawal, name="tending-withdrawal"),
]
