"""Every address, one line a feature."""

from django.urls import include, path

urlpatterns = [
    path("", include("heard.web.urls")),  # first: home and threads are asked for most
    path("", include("heard.features.arrivals.urls")),
    path("", include("heard.features.asks.urls")),
    path("", include("heard.features.desk.urls")),
    path("", include("heard.features.rolls.urls")),
    path("", include("heard.features.voice.urls")),
    path("", include("heard.features.ballots.urls")),
    path("", include("heard.foundation.conversation.urls")),
    path("", include("heard.foundation.communities.urls")),
    path("", include("heard.web.community_urls")),
    path("", include("heard.foundation.notices.urls")),
    path("", include("heard.foundation.delivery.urls")),
    path("", include("heard.foundation.people.urls")),
    path("", include("heard.web.door_urls")),
]
handler400 = "heard.web.errors.bad_request"
handler403 = "heard.web.errors.forbidden"
handler404 = "heard.web.errors.not_found"
handler500 = "heard.web.errors.failed"
