"""The desk of listeners, and what everybody may know of it."""

from django.urls import path

from heard.features.desk.views import desk, letters, naming, numbers

app_name = "desk"
urlpatterns = [
    path("listening/", numbers.listening, name="listening"),
    path("desk/", desk.desk, name="desk"),
    path("desk/key/", naming.key, name="key"),
    path("desk/key/passphrase/", naming.passphrase, name="passphrase"),
    path("desk/listeners/", naming.listeners, name="listeners"),
    path("desk/listeners/<int:listener_id>/withdrawal/", naming.withdrawal, name="withdrawal"),
    path("desk/<str:code>/", desk.conversation, name="conversation"),
    path("desk/<str:code>/letters.json", letters.letters, name="letters"),
    path("desk/<str:code>/seen/", letters.seen, name="seen"),
    path("desk/<str:code>/replies/", letters.replies, name="replies"),
    path("desk/<str:code>/notes/", letters.notes, name="notes"),
    path("desk/<str:code>/offer/", letters.offer, name="offer"),
    path("desk/<str:code>/state/<str:state>/", desk.state, name="state"),
    path("desk/<str:code>/hiding/", desk.hiding, name="hiding"),
    path("desk/<str:code>/hiding/withdrawal/", desk.hiding_withdrawal, name="hiding-withdrawal"),
]
