"""Addresses of the pages on which features meet, and of what every page shares."""

from django.urls import path

from heard.foundation.conversation.queries import Feed
from heard.web import home, opened, phone, search, speaking, thread

urlpatterns = [
    path("", home.home, name="home"),
    path("newest/", home.home, {"feed": Feed.NEWEST}, name="newest"),
    path("unanswered/", home.home, {"feed": Feed.UNANSWERED}, name="unanswered"),
    path("news/", home.news, name="news"),
    path("rail/", home.rail, name="rail"),
    path("saved/", home.saved, name="saved"),
    path("search/", search.search, name="search"),
    path("tags/<str:tag>/", home.tag, name="tag"),
    path("threads/<int:thread_id>/", thread.thread, name="thread"),
    path("threads/<int:thread_id>/card/", home.card, name="card"),
    path("threads/<int:thread_id>/head/", thread.thread_head, name="thread-head"),
    path("threads/<int:thread_id>/replies/", thread.thread_replies, name="replies"),
    path("threads/<int:thread_id>/<int:reply_id>/", thread.thread, name="reply"),
    path("threads/<int:thread_id>/<int:reply_id>/replies/", thread.thread_replies, name="answers"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("sw.js", phone.service_worker, name="service-worker"),
    path("offline/", phone.offline, name="offline"),
    path("opened/", opened.opened, name="opened"),
    path("voice/opened.json", opened.listed),
    path("speak/", speaking.speak, name="speak"),
    path("speak/where.json", speaking.where),
]
