"""Addresses of the door, of what people settle for themselves, and of profiles.

Of allauth only what Heard uses is here, under the names that allauth asks for: nobody signs up unasked, and what
somebody signs in with is changed by stewards.
"""

from allauth.account import views
from django.urls import path

from heard.web import entering, me, profile

urlpatterns = [
    path("begin/", entering.begin, name="begin"),
    path("accounts/login/", entering.login, name="account_login"),
    path("accounts/login/code/", entering.request_code, name="account_request_login_code"),
    path("accounts/login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("accounts/logout/", entering.logout, name="account_logout"),
    path("accounts/inactive/", views.account_inactive, name="account_inactive"),
    path("accounts/password/", views.password_change, name="account_change_password"),
    path("accounts/password/first/", views.password_set, name="account_set_password"),
    path("accounts/password/reset/", views.password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/code/", views.confirm_password_reset_code, name="account_confirm_password_reset_code"
    ),
    path("accounts/password/reset/new/", views.complete_password_reset, name="account_complete_password_reset"),
    path("accounts/password/reset/done/", views.password_reset_from_key_done, name="account_password_reset_completed"),
    path("me/", me.me, name="me"),
    path("me/theme/", me.theme, name="theme"),
    path("me/sessions/ending/", me.sessions_ending, name="sessions-ending"),
    path("me/forgetting/", entering.forget, name="forget"),
    path("me/following/", me.following, name="following"),
    path("me/followers/", me.followers, name="followers"),
    path("people/<str:handle>/", profile.profile, name="profile"),
]
